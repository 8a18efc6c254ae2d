import { describe, expect, it } from 'vitest';
import type { ContainmentPhase, ContainmentState } from '#domain/card.ts';
import { AT, containment, draw, wrappedLines } from '#support/cards.ts';

const LATER = '2026-11-25T02:14:00.000Z';
const APPROVED = { kind: 'approved', by: [{ by: 'ben', at: AT }] } as const;
const DONE: Partial<ContainmentState> = {
  phase: 'done',
  decision: APPROVED,
  outcomes: [{ system: 'block-feed', outcome: { outcome: 'done', until: LATER, verifiedAt: AT } }],
};
const notDone = (outcome: ContainmentState['outcomes'][number]['outcome']): Partial<ContainmentState> => ({
  phase: 'not_done',
  decision: APPROVED,
  outcomes: [{ system: 'block-feed', outcome }],
});

describe('the card of an approver', () => {
  it('says who asks for what, for how long and why, with the digest that is approved', () => {
    expect(draw(containment('approver'))).toMatchInlineSnapshot(`
      "🟠 APPROVAL  block 203.0.113[.]66
      Asked by ana
      24h on the block feed, lifts itself
      Reason: C2, 3 hosts
      Expires 2026-11-24 02:44 UTC
      #ZDJA · digest 80d9 6b53
      [ 🚫 Deny ] [ ✅ Approve block ]{r}"
    `);
  });

  it('shows the verdict where the requester wrote no reason', () => {
    const state = { reason: null, basis: 'malicious, 3 of 4 sources, 1 silent' };

    expect(draw(containment('approver', state))).toContain('Why: malicious, 3 of 4 sources, 1 silent');
  });

  it('asks to press again after a time in which presses were lost', () => {
    expect(draw(containment('approver', { gap: { from: AT, to: LATER }, rev: 1 }))).toMatchInlineSnapshot(`
      "🟠 APPROVAL  block 203.0.113[.]66
      Asked by ana
      24h on the block feed, lifts itself
      Reason: C2, 3 hosts
      🔄 I was offline 2026-11-24 02:14 UTC to 2026-11-25 02:14 UTC. A press in that time was lost: please press again.
      Expires 2026-11-24 02:44 UTC
      #ZDJA · digest 80d9 6b53
      [ 🚫 Deny ] [ ✅ Approve block ]{r}"
    `);
  });

  it('says what lifting does', () => {
    const card = containment('approver');
    const plan = { ...card.state.plan, action: 'unblock', durationMs: null } as const;

    expect(draw(containment('approver', { plan }))).toMatchInlineSnapshot(`
      "🟠 APPROVAL  unblock 203.0.113[.]66
      Asked by ana
      Take it off: the block feed
      Reason: C2, 3 hosts
      Expires 2026-11-24 02:44 UTC
      #ZDJA · digest 80d9 6b53
      [ 🚫 Deny ] [ ✅ Approve unblock ]{r}"
    `);
  });
});

describe('the card of the requester', () => {
  it('says that it waits, and offers to take it back', () => {
    expect(draw(containment('requester'))).toMatchInlineSnapshot(`
      "⏳ BLOCK ASKED  203.0.113[.]66
      24h on the block feed, lifts itself
      Reason: C2, 3 hosts
      Waiting for a responder
      Expires 2026-11-24 02:44 UTC
      ana · #ZDJA · digest 80d9 6b53
      [ ✖ Withdraw ]"
    `);
  });

  it('names approvers whom Telegram does not let it write to', () => {
    expect(draw(containment('requester', { unreachable: ['ben', 'cleo'] })).split('\n')[4]).toMatchInlineSnapshot(
      `"⚠ Telegram does not let me write to ben and cleo: ask them to open this chat and press Start"`,
    );
  });

  it('asks whether an old wish still stands', () => {
    expect(draw(containment('requester', { phase: 'still_wanted' }))).toMatchInlineSnapshot(`
      "⏸ STILL WANTED? BLOCK  203.0.113[.]66
      24h on the block feed, lifts itself
      Reason: C2, 3 hosts
      This was asked a while ago. Still wanted?
      ana · #ZDJA · digest 80d9 6b53
      [ ✖ No ] [ Yes, ask approval ]{b}"
    `);
  });

  it('says that it is on its way', () => {
    expect(draw(containment('requester', { phase: 'acting', decision: APPROVED }))).toMatchInlineSnapshot(`
      "⏳ APPROVED, BLOCK ON ITS WAY  203.0.113[.]66
      24h on the block feed, lifts itself
      Reason: C2, 3 hosts
      Approved by ben 2026-11-24 02:14 UTC
      ana · #ZDJA · digest 80d9 6b53"
    `);
  });

  it('says that it is done, until when, and offers the way back', () => {
    expect(draw(containment('requester', DONE))).toMatchInlineSnapshot(`
      "✅ BLOCKED  203.0.113[.]66
      24h on the block feed, lifts itself
      Reason: C2, 3 hosts
      Approved by ben 2026-11-24 02:14 UTC
      block feed ✓ verified · until 2026-11-25 02:14 UTC (2026-11-25 02:14 UTC)
      ana · #ZDJA · digest 80d9 6b53
      [= ✅ Approved by ben =]
      [ ♻ Unblock… ]{g}"
    `);
  });

  it.each([
    [{ outcome: 'refused', why: 'It is a private address (RFC 1918).' }, '🟠 NOT EXECUTED  block  203.0.113[.]66'],
    [{ outcome: 'too_late' }, '🟠 NOT EXECUTED  block  203.0.113[.]66'],
    [{ outcome: 'failed', why: 'no answer in time' }, '🟠 NOT SURELY BLOCKED  203.0.113[.]66'],
    [{ outcome: 'drifted', why: 'the system lists another end' }, '🟠 NOT SURELY BLOCKED  203.0.113[.]66'],
  ] as const)('claims no more than is known: %j', (outcome, headline) => {
    const [first, ...rest] = draw(containment('requester', notDone(outcome))).split('\n');

    expect(first).toBe(headline);
    expect(rest.at(-1)).toBe('[= 🟠 Not done, approved by ben =]');
    if ('why' in outcome) expect(rest.join('\n')).toContain(outcome.why);
  });

  const ends: readonly [ContainmentPhase, Partial<ContainmentState>][] = [
    ['denied', { decision: { kind: 'denied', by: [{ by: 'ben', at: AT }] } }],
    ['withdrawn', { decision: { kind: 'withdrawn', by: [{ by: 'ana', at: AT }] } }],
    ['expired', { decision: { kind: 'expired' } }],
    ['lifted', { decision: APPROVED, lifted: { at: LATER, order: null } }],
  ];

  it('says how it ended, and has nothing left to press', () => {
    expect(ends.map(([phase, state]) => draw(containment('requester', { phase, ...state }))).join('\n\n'))
      .toMatchInlineSnapshot(`
        "🚫 DENIED, NOT EXECUTED  block  203.0.113[.]66
        24h on the block feed, lifts itself
        Reason: C2, 3 hosts
        Denied by ben 2026-11-24 02:14 UTC
        ana · #ZDJA · digest 80d9 6b53
        [= 🚫 Denied by ben =]

        ✖ WITHDRAWN, NOT EXECUTED  block  203.0.113[.]66
        24h on the block feed, lifts itself
        Reason: C2, 3 hosts
        Withdrawn by ana 2026-11-24 02:14 UTC
        ana · #ZDJA · digest 80d9 6b53
        [= ✖ Withdrawn by ana =]

        ⌛ EXPIRED, NOT EXECUTED  block  203.0.113[.]66
        24h on the block feed, lifts itself
        Reason: C2, 3 hosts
        Nobody answered in time. Nothing was done. Ask again if it is still wanted.
        ana · #ZDJA · digest 80d9 6b53
        [= ⌛ Expired, not executed =]

        ♻ LIFTED  203.0.113[.]66
        24h on the block feed
        Reason: C2, 3 hosts
        Lifted itself when its time was up, 2026-11-25 02:14 UTC
        ana · #ZDJA · digest 80d9 6b53
        [= ♻ Lifted =]"
      `);
  });

  it('says that a block stands beyond its time, and why', () => {
    const overdue = { since: LATER, system: 'block-feed', why: 'the store is away' };
    const state = { phase: 'overdue', decision: APPROVED, overdue } as const;

    expect(draw(containment('approver', state))).toMatchInlineSnapshot(`
      "⚠ NOT YET LIFTED  203.0.113[.]66
      Asked by ana
      24h on the block feed
      Reason: C2, 3 hosts
      Its time was up 2026-11-25 02:14 UTC
      block feed did not let it go: the store is away
      I keep trying. Until then it stays blocked, or may.
      #ZDJA · digest 80d9 6b53"
    `);
    expect(draw(containment('notice', state))).toMatchInlineSnapshot(
      `"⚠ 203.0.113[.]66 should be free by now and may still be blocked: see the card · #ZDJA"`,
    );
  });

  it('does not let an unblock of what was free look like one that was needed', () => {
    const outcome = { outcome: 'done', until: null, verifiedAt: AT, wasFree: true } as const;
    const state: Partial<ContainmentState> = { ...DONE, outcomes: [{ system: 'block-feed', outcome }] };

    expect(draw(containment('requester', state))).toContain('it was not blocked before');
    expect(draw(containment('notice', state))).toContain('⚠ ben approved, but 203.0.113[.]66 was not blocked before');
  });

  it('says that another request made a block longer', () => {
    const outcome = { outcome: 'done', until: LATER, verifiedAt: AT, isExtended: true } as const;

    expect(draw(containment('approver', { ...DONE, outcomes: [{ system: 'block-feed', outcome }] }))).toContain(
      'made longer by another request',
    );
  });

  it('says who lifted it', () => {
    const state = {
      phase: 'lifted',
      decision: APPROVED,
      lifted: { at: LATER, order: { requester: 'ben', approvers: 'cleo' } },
    } as const;

    expect(draw(containment('requester', state))).toContain('Lifted: ben asked, cleo approved 2026-11-25 02:14 UTC');
  });
});

describe('the message that tells the end', () => {
  const notices: readonly Partial<ContainmentState>[] = [
    DONE,
    { phase: 'denied', decision: { kind: 'denied', by: [{ by: 'ben', at: AT }] } },
    { phase: 'expired', decision: { kind: 'expired' } },
    notDone({ outcome: 'too_late' }),
    notDone({ outcome: 'failed', why: 'no answer' }),
  ];

  it('is one line', () => {
    expect(notices.map((state) => draw(containment('notice', state))).join('\n')).toMatchInlineSnapshot(`
      "✅ ben approved. 203.0.113[.]66 is blocked until 2026-11-25 02:14 UTC, then lifts itself · #ZDJA
      🚫 ben denied: block 203.0.113[.]66 was not executed · #ZDJA
      ⌛ Nobody answered: block 203.0.113[.]66 was not executed · #ZDJA
      🟠 block 203.0.113[.]66 was not executed: see the card · #ZDJA
      🟠 203.0.113[.]66 is not surely blocked: see the card · #ZDJA"
    `);
  });
});

describe('every card of a containment', () => {
  it('fits a phone: at most twelve lines with its buttons, few of them wrap', () => {
    for (const reader of ['requester', 'approver'] as const) {
      for (const state of [{}, DONE, notDone({ outcome: 'too_late' }), { gap: { from: AT, to: LATER } }]) {
        const card = containment(reader, state);

        expect(draw(card).split('\n').length).toBeLessThanOrEqual(12);
        expect(wrappedLines(card).length).toBeLessThanOrEqual(2);
      }
    }
  });
});
