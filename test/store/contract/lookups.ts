import { expect, it } from 'vitest';
import { at, begin, claimOf, meteredClaimOf, report, type StoreOfTest } from './fixture.ts';

const other = { requestId: 'request-2', by: 'bob' };

/** What the ledger of look-ups promises about answers, flights and lost calls, on any database. */
export function describeLookups(store: StoreOfTest): void {
  it('lets the first one call and tells the second who is asking, and since when', async () => {
    await begin(store(), claimOf(0));

    const second = await store().lookups.claim(claimOf(5, other));

    expect(second).toEqual({ kind: 'asking', askedAt: at(0), askedBy: 'ann', requestId: 'request-1' });
  });

  it('serves a recorded answer to all until the reuse time is over', async () => {
    const callId = await begin(store(), claimOf(0));

    const isKept = await store().lookups.record({ callId, report, now: at(2) });

    const answer = { kind: 'answered', report, answeredAt: at(2), askedBy: 'ann', requestId: 'request-1' };
    expect(isKept).toBe(true);
    expect(await store().lookups.claim(claimOf(601, other))).toEqual(answer);
    expect(await store().lookups.claim(claimOf(602, other))).toMatchObject({ kind: 'go' });
  });

  it('gives back hostile text in a report unchanged', async () => {
    const hostile = { ...report, summary: `'; drop table audit; -- \0 \u202E \uD800 {"a":1}` };
    const callId = await begin(store(), claimOf(0, { observableKey: `url:http://a.example/'"%00;--` }));

    await store().lookups.record({ callId, report: hostile, now: at(1) });

    const again = await store().lookups.claim(claimOf(2, { observableKey: `url:http://a.example/'"%00;--` }));
    expect(again).toMatchObject({ kind: 'answered', report: hostile });
  });

  it('keeps the first of two answers to one call', async () => {
    const callId = await begin(store(), claimOf(0));

    await store().lookups.record({ callId, report, now: at(1) });
    await store().lookups.record({ callId, report: { ...report, level: 'no_hits' }, now: at(2) });

    expect(await store().lookups.claim(claimOf(3))).toMatchObject({ report, answeredAt: at(1) });
  });

  it('says that it does not know a call that was never begun', async () => {
    expect(await store().lookups.record({ callId: 'nobody', report, now: at(0) })).toBe(false);
  });

  it('keeps sources and observables apart', async () => {
    await begin(store(), claimOf(0));

    const elsewhere = await store().lookups.claim(claimOf(0, { ...other, source: 'threatfox' }));
    const about = await store().lookups.claim(claimOf(0, { ...other, observableKey: 'ipv4:192.0.2.2' }));

    expect([elsewhere.kind, about.kind]).toEqual(['go', 'go']);
  });

  it('repeats a free call of the same request after a crash, and of another once the flight is over', async () => {
    await begin(store(), claimOf(0));

    const sameRequest = await store().lookups.claim(claimOf(1));
    const early = await store().lookups.claim(claimOf(30, other));
    const late = await store().lookups.claim(claimOf(31, other));

    expect([sameRequest.kind, early.kind, late.kind]).toEqual(['go', 'asking', 'go']);
  });

  it('does not repeat a paid call that crashed, whoever asks, until the reuse time is over', async () => {
    await begin(store(), meteredClaimOf(0));

    const lost = { kind: 'lost', askedAt: at(0), askedBy: 'ann' };
    expect(await store().lookups.claim(meteredClaimOf(1))).toEqual(lost);
    expect(await store().lookups.claim(meteredClaimOf(29, other))).toMatchObject({ kind: 'asking' });
    expect(await store().lookups.claim(meteredClaimOf(30, other))).toEqual(lost);
    expect(await store().lookups.claim(meteredClaimOf(599, other))).toEqual(lost);
    expect(await store().lookups.claim(meteredClaimOf(600, other))).toMatchObject({ kind: 'go' });
  });

  it('tells others at once that a paid call was lost', async () => {
    const callId = await begin(store(), meteredClaimOf(0));

    await store().lookups.lose({ callId, now: at(10) });

    expect(await store().lookups.claim(meteredClaimOf(11, other))).toMatchObject({ kind: 'lost' });
  });

  it('repeats a lost paid call once for a person who insists, also over a crash', async () => {
    const insisting = { ...other, evenIfLost: true };
    await store().lookups.lose({ callId: await begin(store(), meteredClaimOf(0)), now: at(10) });

    const first = await store().lookups.claim(meteredClaimOf(20, insisting));
    const afterCrash = await store().lookups.claim(meteredClaimOf(21, insisting));

    expect(first.kind).toBe('go');
    expect(afterCrash).toEqual({ kind: 'lost', askedAt: at(20), askedBy: 'bob' });
  });

  it('lets the request that lost its own call insist', async () => {
    await begin(store(), meteredClaimOf(0));

    expect(await store().lookups.claim(meteredClaimOf(1, { evenIfLost: true }))).toMatchObject({ kind: 'go' });
  });

  it('does not let insistence double a call in flight', async () => {
    await begin(store(), meteredClaimOf(0));

    const second = await store().lookups.claim(meteredClaimOf(1, { ...other, evenIfLost: true }));

    expect(second.kind).toBe('asking');
  });

  it('serves an answer that comes after its call was given up as lost', async () => {
    const callId = await begin(store(), meteredClaimOf(0));
    await store().lookups.lose({ callId, now: at(10) });

    await store().lookups.record({ callId, report, now: at(40) });

    expect(await store().lookups.claim(meteredClaimOf(41, other))).toMatchObject({
      kind: 'answered',
      answeredAt: at(40),
    });
  });

  it('lets a call go again that ended without an answer', async () => {
    const unsent = await begin(store(), meteredClaimOf(0));
    await store().lookups.abandon({ callId: unsent, now: at(1), wasSent: false });
    const failed = await begin(store(), meteredClaimOf(2));
    await store().lookups.abandon({ callId: failed, now: at(3), wasSent: true });

    expect(await store().lookups.claim(meteredClaimOf(4))).toMatchObject({ kind: 'go' });
    expect(await store().lookups.record({ callId: failed, report, now: at(5) })).toBe(false);
  });

  it('keeps an answer though its call is abandoned or lost afterwards', async () => {
    const callId = await begin(store(), claimOf(0));
    await store().lookups.record({ callId, report, now: at(1) });

    await store().lookups.abandon({ callId, now: at(2), wasSent: false });
    await store().lookups.abandon({ callId, now: at(2), wasSent: true });
    await store().lookups.lose({ callId, now: at(2) });

    expect(await store().lookups.claim(claimOf(3))).toMatchObject({ kind: 'answered' });
  });

  it.each(['yesterday', '2026-03-02', '2026-03-02T10:00:00+01:00', '2026-13-02T10:00:00Z', ''])(
    'refuses %j as a time',
    async (now) => {
      await expect(store().lookups.claim(claimOf(0, { now }))).rejects.toThrow(RangeError);
    },
  );
}
