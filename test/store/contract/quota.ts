import { expect, it } from 'vitest';
import type { Claimed } from '#store/claim.ts';
import { at, begin, meteredClaimOf, report, type StoreOfTest } from './fixture.ts';

/** What the ledger of look-ups promises about quotas, on any database. */
export function describeQuota(store: StoreOfTest): void {
  const claimNth = async (n: number, seconds: number): Promise<Claimed> =>
    store().lookups.claim(meteredClaimOf(seconds, { requestId: `request-${n}`, observableKey: `ipv4:192.0.2.${n}` }));
  const claimMany = async (count: number, seconds: number): Promise<Claimed[]> => {
    const claimed: Claimed[] = [];
    for (let n = 1; n <= count; n += 1) claimed.push(await claimNth(n, seconds));
    return claimed;
  };

  it('reserves the next free moments in the order of asking', async () => {
    const claimed = await claimMany(10, 0);

    expect(claimed.slice(0, 4).map((one) => one.kind)).toEqual(['go', 'go', 'go', 'go']);
    expect(claimed.slice(4, 8)).toEqual(Array.from({ length: 4 }, () => ({ kind: 'wait', slotAt: at(60) })));
    expect(claimed.slice(8)).toEqual(Array.from({ length: 2 }, () => ({ kind: 'wait', slotAt: at(120) })));
  });

  it('names the same moment until it has come, and then lets go', async () => {
    await claimMany(5, 0);

    const [early, late, due] = [await claimNth(5, 1), await claimNth(5, 59), await claimNth(5, 60)];

    expect([early, late]).toEqual(Array.from({ length: 2 }, () => ({ kind: 'wait', slotAt: at(60) })));
    expect(due.kind).toBe('go');
  });

  it('lets nobody jump the queue of those whose moment has come', async () => {
    await claimMany(8, 0);

    const newcomer = await claimNth(20, 60);
    const waited = [await claimNth(5, 61), await claimNth(6, 61), await claimNth(7, 61), await claimNth(8, 61)];

    expect(newcomer).toEqual({ kind: 'wait', slotAt: at(120) });
    expect(waited.map((one) => one.kind)).toEqual(['go', 'go', 'go', 'go']);
  });

  it('counts calls by when they went, not by when they might have', async () => {
    await claimMany(9, 0);
    for (const n of [5, 6, 7, 8]) await claimNth(n, 70);

    expect(await claimNth(9, 120)).toEqual({ kind: 'wait', slotAt: at(130) });
    expect(await claimNth(9, 130)).toMatchObject({ kind: 'go' });
  });

  it('gives the place of a request that never came back to others', async () => {
    await claimMany(8, 0);

    const newcomer = await claimNth(20, 90);

    expect(newcomer.kind).toBe('go');
  });

  it('lets the ever late go before those who came later', async () => {
    await claimMany(8, 0);
    await claimNth(20, 61);

    const late = [await claimNth(5, 95), await claimNth(6, 95), await claimNth(7, 95), await claimNth(8, 95)];

    expect(late.map((one) => one.kind)).toEqual(['go', 'go', 'go', 'go']);
    expect(await claimNth(20, 121)).toEqual({ kind: 'wait', slotAt: at(155) });
  });

  it('gives the places of a cancelled request to others at once', async () => {
    await claimMany(5, 0);

    await store().lookups.withdraw('request-5');

    expect((await claimNth(20, 60)).kind).toBe('go');
    expect(await claimNth(5, 60)).toMatchObject({ kind: 'go' });
  });

  it('holds nothing for a claim that another one answered', async () => {
    await claimMany(4, 0);
    const wish = meteredClaimOf(1, { requestId: 'request-9', observableKey: 'ipv4:198.51.100.1' });
    const twin = { ...wish, requestId: 'request-10' };
    await store().lookups.claim(wish);
    await store().lookups.claim(twin);

    const callId = await begin(store(), { ...wish, now: at(61) });
    await store().lookups.record({ callId, report, now: at(62) });

    expect(await store().lookups.claim({ ...twin, now: at(63) })).toMatchObject({ kind: 'answered' });
    const others = [await claimNth(5, 64), await claimNth(6, 64), await claimNth(7, 64)];
    expect(others.map((one) => one.kind)).toEqual(['go', 'go', 'go']);
  });

  it('waits for the next day in UTC when the day is used up', async () => {
    for (let n = 1; n <= 10; n += 1) expect((await claimNth(n, n * 60)).kind).toBe('go');

    const eleventh = await claimNth(11, 700);

    expect(eleventh).toEqual({ kind: 'wait', slotAt: '2026-03-03T00:00:00.000Z' });
    expect(await claimNth(12, 701)).toEqual(eleventh);
    expect((await claimNth(11, 14 * 3_600)).kind).toBe('go');
  });

  it('gives the token of an unsent call back and counts a failed one', async () => {
    const unsent = await begin(store(), meteredClaimOf(0));
    const failed = await begin(store(), meteredClaimOf(1, { observableKey: 'ipv4:192.0.2.9' }));

    await store().lookups.abandon({ callId: unsent, now: at(2), wasSent: false });
    await store().lookups.abandon({ callId: failed, now: at(2), wasSent: true });

    expect(await store().lookups.usage({ source: 'virustotal', now: at(3) })).toEqual({ minute: 1, day: 1 });
  });

  it('counts the use of the last minute and of the day', async () => {
    await claimNth(1, 0);
    await claimNth(2, 30);
    await claimNth(3, 60);

    expect(await store().lookups.usage({ source: 'virustotal', now: at(60) })).toEqual({ minute: 2, day: 3 });
    expect(await store().lookups.usage({ source: 'virustotal', now: at(14 * 3_600) })).toEqual({ minute: 0, day: 0 });
    expect(await store().lookups.usage({ source: 'abuseipdb', now: at(60) })).toEqual({ minute: 0, day: 0 });
  });

  it('stays correct when the clocks of two workers differ', async () => {
    for (const n of [1, 2, 3, 4]) await claimNth(n, 30);

    expect(await claimNth(5, 0)).toEqual({ kind: 'wait', slotAt: at(90) });
  });

  it('refuses a quota that would never allow a call', async () => {
    const claim = meteredClaimOf(0, { quota: { perMinute: 4, perDay: 0 } });

    await expect(store().lookups.claim(claim)).rejects.toThrow('at least one call');
  });
}
