import { describe, expect, it } from 'vitest';
import type { ContainmentPhase, ContainmentState } from '#domain/containment-state.ts';
import { DEFAULT_RULES } from '#domain/policy.ts';
import { AT, containment, draw, stepOf } from '#support/cards.ts';
import { APPROVED, DONE, doneWith, LATER, notDone, planOf, TWO, VERIFIED } from '#support/ended-containments.ts';

describe('the card of a containment that was carried out', () => {
  it('says that it is done, until when, and offers the way back', () => {
    expect(draw(containment('requester', DONE))).toMatchInlineSnapshot(`
      "✅ BLOCKED  203.0.113[.]66
      24h on the block feed, lifts itself
      Reason: C2, 3 hosts
      Approved by ben 2026-11-24 02:14 UTC
      block feed ✓ verified · until 2026-11-25 02:14 UTC (2026-11-25 02:14 UTC)
      ana · #ZDJA · digest c9b7 c8e3
      [ ♻ Unblock… ]{g}
      [= ✅ Approved by ben =]"
    `);
  });

  it('is named for what was done', () => {
    const plan = planOf('isolate', 'defender');
    const drawn = draw(containment('requester', { ...DONE, plan }));

    expect(drawn.split('\n')[0]).toBe('✅ ISOLATED  ws-114');
    expect(drawn).toContain('[ ♻ Release… ]{g}');
  });

  it('says that codes were given, and that somebody was alone', () => {
    const stakes = { tier: 'high', why: [], rule: DEFAULT_RULES.block.high } as const;
    const alone = { ...APPROVED, isAlone: true } as const;

    expect(draw(containment('requester', { ...DONE, stakes }))).toContain(
      'Approved by ben 2026-11-24 02:14 UTC · 🔑\n',
    );
    expect(draw(containment('requester', { ...DONE, decision: alone }))).toContain(
      '🚨 Emergency: ben approved alone 2026-11-24 02:14 UTC · 🔑\n',
    );
  });

  it('counts the steps of many by system, and lifts all at once', () => {
    const steps = ['block-feed', 'crowdsec', 'pihole'].flatMap((system) =>
      TWO.map((target) => stepOf(VERIFIED, { system, target })),
    );
    const plan = { ...planOf('block'), steps };

    expect(draw(containment('requester', { ...DONE, plan, steps }))).toMatchInlineSnapshot(`
      "✅ BLOCKED  2 targets
      • ipv4 203.0.113[.]66
      • domain evil[.]example
      24h on the block feed, CrowdSec and Pi-hole, lifts itself
      Reason: C2, 3 hosts
      Approved by ben 2026-11-24 02:14 UTC
      block feed ✓ 2 of 2 verified
      CrowdSec ✓ 2 of 2 verified
      Pi-hole ✓ 2 of 2 verified
      ana · #ZDJA · digest ea53 0d1c
      [ ♻ Unblock all… ]{g}
      [= ✅ Approved by ben =]"
    `);
  });

  it.each([
    [{ wasFree: true, until: null }, '⚠ it was not held before: is it the one you meant?'],
    [{ isExtended: true }, ', made longer by another request'],
    [{ isHeldLonger: true }, ', as held before: the longer time stays'],
    [{ isForeign: true, until: null }, 'block feed ✓ held already, not by SocBot: stays when this ends'],
  ] as const)('tells what is odd about it: %j', (change, words) => {
    expect(draw(containment('requester', doneWith(change)))).toContain(words);
  });

  it('says what has been let go meanwhile', () => {
    const steps = [stepOf(VERIFIED, { lifted: { at: LATER, order: null } }), stepOf(VERIFIED, { system: 'crowdsec' })];

    expect(draw(containment('requester', { ...DONE, steps }))).toContain('block feed ♻ let go 2026-11-25 02:14 UTC\n');
  });

  it('never looks like an act where it was a dry run', () => {
    expect(draw(containment('requester', { ...DONE, steps: [stepOf({ outcome: 'rehearsed' })] })))
      .toMatchInlineSnapshot(`
      "🧪 DRY RUN, NOTHING DONE  block  203.0.113[.]66
      24h on the block feed, lifts itself
      Reason: C2, 3 hosts
      Approved by ben 2026-11-24 02:14 UTC
      block feed 🧪 dry run: all checks passed, nothing was done
      ana · #ZDJA · digest c9b7 c8e3
      [= ✅ Approved by ben =]"
    `);
  });
});

describe('the card of a containment that was not carried out as it should', () => {
  it.each([
    [{ outcome: 'refused', why: 'It is a private address (RFC 1918).' }, '🟠 NOT EXECUTED  block  203.0.113[.]66'],
    [{ outcome: 'too_late' }, '🟠 NOT EXECUTED  block  203.0.113[.]66'],
    [{ outcome: 'failed', why: 'no answer in time' }, '🟠 NOT SURELY BLOCKED  203.0.113[.]66'],
    [{ outcome: 'drifted', why: 'the system lists another end' }, '🟠 NOT SURELY BLOCKED  203.0.113[.]66'],
    [{ outcome: 'unknown', why: 'no answer in time' }, '🟠 NOT SURELY BLOCKED  203.0.113[.]66'],
  ] as const)('claims no more than is known: %j', (outcome, headline) => {
    const [first, ...rest] = draw(containment('requester', notDone(outcome))).split('\n');

    expect(first).toBe(headline);
    expect(rest.slice(-2)).toEqual(['[ 🔁 Ask again ]{b}', '[= 🟠 Not all done, approved by ben =]']);
    if ('why' in outcome) expect(rest.join('\n')).toContain(outcome.why);
  });

  it('says which part is done and which is not, and offers both ways on', () => {
    const state = notDone(VERIFIED, { outcome: 'failed', why: 'no answer in time' }, { outcome: 'rehearsed' });

    expect(draw(containment('requester', state))).toMatchInlineSnapshot(`
      "🟠 PARTLY BLOCKED  203.0.113[.]66
      24h on the block feed, lifts itself
      Reason: C2, 3 hosts
      Approved by ben 2026-11-24 02:14 UTC
      block feed ✓ verified · until 2026-11-25 02:14 UTC (2026-11-25 02:14 UTC)
      CrowdSec ✗ failed: no answer in time. What may have been done is being taken back.
      Pi-hole 🧪 dry run: all checks passed, nothing was done
      ana · #ZDJA · digest c9b7 c8e3
      [ ♻ Unblock… ]{g} [ 🔁 Ask again ]{b}
      [= 🟠 Not all done, approved by ben =]"
    `);
  });

  it('asks a person where only a person can tell', () => {
    expect(draw(containment('requester', notDone({ outcome: 'unknown', why: 'no answer in time' })))).toContain(
      'block feed ❓ not known: no answer in time. Please look there. It is let go when its time is up.\n',
    );
  });

  it('says that what may have been done was taken back', () => {
    const lifted = { at: LATER, order: null };
    const steps = [stepOf({ outcome: 'failed', why: 'no answer' }, { lifted })];

    expect(draw(containment('requester', notDone({ outcome: 'failed', why: 'no answer' })))).toContain(
      'being taken back',
    );
    expect(draw(containment('requester', { ...notDone(), steps }))).toContain('Whatever was done is taken back.');
  });

  it('names the failures of many steps, and counts the rest', () => {
    const steps = Array.from({ length: 10 }, (_, at) =>
      stepOf(at < 2 ? VERIFIED : { outcome: 'refused', why: 'full' }, {
        target: { kind: 'ipv4', value: `203.0.113.${at}` },
      }),
    );
    const plan = { ...planOf('block'), steps };
    const drawn = draw(containment('requester', { ...notDone(), plan, steps }));

    expect(drawn).toContain('block feed ✗ 2 of 10 verified\n203.0.113[.]2 · block feed ✗ refused: full\n');
    expect(drawn).toContain('… and 2 more failed\n');
  });
});

describe('the card of a containment that ended', () => {
  const ends: readonly [ContainmentPhase, Partial<ContainmentState>][] = [
    ['denied', { decision: { kind: 'denied', by: [{ by: 'ben', at: AT }], why: 'false positive' } }],
    ['withdrawn', { decision: { kind: 'withdrawn', by: [{ by: 'ana', at: AT }] } }],
    ['expired', { decision: { kind: 'expired' } }],
    ['lifted', { decision: APPROVED, steps: [stepOf(VERIFIED, { lifted: { at: LATER, order: null } })] }],
  ];

  it('says how, and has nothing left to press but to ask again what nobody answered', () => {
    expect(ends.map(([phase, state]) => draw(containment('requester', { phase, ...state }))).join('\n\n'))
      .toMatchInlineSnapshot(`
        "🚫 DENIED, NOT EXECUTED  block  203.0.113[.]66
        24h on the block feed, lifts itself
        Reason: C2, 3 hosts
        Denied by ben (false positive) 2026-11-24 02:14 UTC
        ana · #ZDJA · digest c9b7 c8e3
        [= 🚫 Denied by ben =]

        ✖ WITHDRAWN, NOT EXECUTED  block  203.0.113[.]66
        24h on the block feed, lifts itself
        Reason: C2, 3 hosts
        Withdrawn by ana 2026-11-24 02:14 UTC
        ana · #ZDJA · digest c9b7 c8e3
        [= ✖ Withdrawn by ana =]

        ⌛ EXPIRED, NOT EXECUTED  block  203.0.113[.]66
        24h on the block feed, lifts itself
        Reason: C2, 3 hosts
        Nobody answered in time. Nothing was done. Ask again if it is still wanted.
        ana · #ZDJA · digest c9b7 c8e3
        [ 🔁 Ask again ]{b}
        [= ⌛ Expired, not executed =]

        ♻ LIFTED  203.0.113[.]66
        24h on the block feed
        Reason: C2, 3 hosts
        Lifted itself when its time was up, 2026-11-25 02:14 UTC
        ana · #ZDJA · digest c9b7 c8e3
        [= ♻ Lifted =]"
      `);
  });

  it('says nothing of a reason where a no had none', () => {
    const decision = { kind: 'denied', by: [{ by: 'ben', at: AT }], why: '' } as const;

    expect(draw(containment('requester', { phase: 'denied', decision }))).toContain('\nDenied by ben 2026-11-24');
  });

  it('says that it is held beyond its time, and why', () => {
    const overdue = { since: LATER, why: 'the store is away' };
    const state = { phase: 'overdue', decision: APPROVED, steps: [stepOf(VERIFIED, { overdue })] } as const;

    expect(draw(containment('approver', state))).toMatchInlineSnapshot(`
      "⚠ NOT YET LIFTED  203.0.113[.]66
      Asked by ana
      24h on the block feed
      Reason: C2, 3 hosts
      Its time was up 2026-11-25 02:14 UTC
      block feed did not let it go: the store is away
      I keep trying. Until then it may still be held.
      #ZDJA · digest c9b7 c8e3"
    `);
    expect(draw(containment('notice', state))).toMatchInlineSnapshot(
      `"⚠ 203.0.113[.]66 should be free by now and may still be held: see the card · #ZDJA"`,
    );
  });

  it('says who lifted it', () => {
    const lifted = { at: LATER, order: { requester: 'ben', approvers: 'cleo' } };
    const state = { phase: 'lifted', decision: APPROVED, steps: [stepOf(VERIFIED, { lifted })] } as const;

    expect(draw(containment('requester', state))).toContain('Lifted: ben asked, cleo approved 2026-11-25 02:14 UTC');
    expect(draw(containment('notice', state))).toBe('♻ 203.0.113[.]66 is free again: ben asked, cleo approved · #ZDJA');
  });
});
