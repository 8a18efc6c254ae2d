import { describe, expect, it } from 'vitest';
import type { LookUpCard } from '#domain/card.ts';
import type { SourceState } from '#domain/verdict.ts';
import { several, SOURCES } from '#support/cards-look-up.ts';
import { answered, AT, draw, lookUp, source, wrappedLines } from '#support/cards.ts';

/** The same look-up without its malicious observable. */
function withoutAlarm(phase: LookUpCard['state']['phase']): LookUpCard {
  const card = several(phase);
  return { ...card, state: { ...card.state, investigations: card.state.investigations.slice(1) } };
}

describe('the card of a look-up of several', () => {
  it('says of several how many are how bad', () => {
    expect(draw(several('running'))).toMatchInlineSnapshot(`
      "🔴 MALICIOUS  1 of 3 observables
      1 🔴 MALICIOUS 203.0.113[.]66 3/3
      2 ⏳ CHECKING login.evil[.]example 3 open
      3 🟢 NO HITS 275a021b275a021b275a021b275a0…1b275a021b275a021b 0/1
      x/y: flagged by x of y sources
      … still asking VirusTotal, AbuseIPDB and RDAP

      TLP:AMBER · PAP:GREEN · ana · #ZDJA
      [ 1 ] [ 2 ] [ 3 ]
      [ ✖ Cancel ]"
    `);
  });

  it('asks before it asks much', () => {
    expect(draw(several('asks_first'))).toMatchInlineSnapshot(`
      "❓ LOOK UP 3 observables?
      That is 3 questions to the sources.

      TLP:AMBER · PAP:GREEN · ana · #ZDJA
      [ ✖ Cancel ] [ Look up 3 ]{b}"
    `);
  });

  it('concludes nothing of what is still asked', () => {
    expect(draw(withoutAlarm('running')).split('\n')[0]).toBe('⏳ CHECKING  2 observables');
    expect(draw(withoutAlarm('cancelled')).split('\n')[0]).toBe('✖ CANCELLED  2 observables');
    expect(draw(several('cancelled')).split('\n')[0]).toBe('🔴 MALICIOUS (cancelled)  1 of 3 observables');
  });

  it('names who is silent, waits or was not asked, of which observables, and whose answers they are', () => {
    const card = lookUp([], { phase: 'done' });
    const vendors = (virusTotal: SourceState, abuse: SourceState) => ({
      observable: { kind: 'ipv4', value: '203.0.113.9' } as const,
      notes: [],
      isBlockable: true,
      sources: [source('VirusTotal', virusTotal), source('AbuseIPDB', abuse)],
    });
    const silent = { state: 'silent', why: 'unreachable', detail: '' } as const;
    const waiting = { state: 'waiting', until: AT } as const;
    const notAsked = { state: 'not_asked', why: 'PAP:RED' } as const;
    const shared = { ...answered('AbuseIPDB', 'unknown', 'never seen'), sharedBy: { name: 'ben', askedAt: AT } };
    const investigations = [vendors(silent, shared), vendors(waiting, shared), vendors(notAsked, notAsked)];

    expect(draw({ ...card, state: { ...card.state, investigations } })).toMatchInlineSnapshot(`
      "⏳ CHECKING  3 observables
      👥 ben asked the same 2026-11-24 02:14 UTC; 2 answers are shared
      1 ⚪ UNKNOWN 203.0.113[.]9 0/1 · 1 silent
      2 ⏳ CHECKING 203.0.113[.]9 1 open
      3 ⚪ UNKNOWN 203.0.113[.]9 nobody asked
      x/y: flagged by x of y sources
      ⚠ VirusTotal (1) did not answer
      ⏳ VirusTotal (2) waits for its quota, its turn is 2026-11-24 02:14 UTC
      🚫 not asked, PAP:RED: VirusTotal (3) and AbuseIPDB (3)
      No data is not "clean".

      TLP:AMBER · PAP:GREEN · ana · #ZDJA
      [ 1 ] [ 2 ] [ 3 ]"
    `);
  });

  it('says that none has hits only when that is true of all', () => {
    const card = withoutAlarm('done');
    const quiet = { ...card, state: { ...card.state, investigations: card.state.investigations.slice(1) } };
    const twice = {
      ...quiet,
      state: { ...quiet.state, investigations: [...quiet.state.investigations, ...quiet.state.investigations] },
    };

    expect(draw(twice).split('\n')[0]).toBe('🟢 NO HITS  2 of 2 observables');
  });

  it('never cuts the reason for an alarm, and unfolds to all', () => {
    const card = withoutAlarm('done');
    const [, quiet] = card.state.investigations;
    const [bad] = several('done').state.investigations;
    const investigations = [...Array.from({ length: 11 }, () => quiet), bad].flatMap((one) => one ?? []);
    const many = { ...card, state: { ...card.state, investigations } };

    expect(draw(many)).toMatch(/^9 🟢 .+\n12 🔴 MALICIOUS 203\.0\.113\[\.\]66 3\/3\n… and 2 more/m);
    expect(draw(many)).toContain('[ 9 ] [ 12 ]\n[ 🔎 More ]');
    expect(draw({ ...many, view: 'full' })).toMatch(/^11 🟢 .+\n12 🔴/m);
    expect(draw({ ...many, view: 'full' })).toContain('[ 🔼 Less ]');
  });

  it('lists the first ten of many, in a card that fits a phone', () => {
    const card = lookUp(SOURCES);
    const investigations = Array.from({ length: 25 }, () => card.state.investigations).flat();
    const many = { ...card, state: { ...card.state, investigations } };

    expect(draw(many)).toContain('10 🔴 MALICIOUS 203.0.113[.]66 3/3\n… and 15 more, none of them worse\n');
    expect(wrappedLines(many)).toEqual([]);
  });
});
