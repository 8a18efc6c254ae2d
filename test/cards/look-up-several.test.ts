import { describe, expect, it } from 'vitest';
import type { LookUpCard } from '#domain/card.ts';
import { several, SOURCES } from '#support/cards-look-up.ts';
import { draw, lookUp, wrappedLines } from '#support/cards.ts';

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
      2 ⏳ CHECKING login.evil[.]example 0/0 · 3 open
      3 🟢 NO HITS 275a021b275a021b275a021b275a0…1b275a021b275a021b 0/1

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

  it('says that none has hits only when that is true of all', () => {
    const card = withoutAlarm('done');
    const quiet = { ...card, state: { ...card.state, investigations: card.state.investigations.slice(1) } };
    const twice = {
      ...quiet,
      state: { ...quiet.state, investigations: [...quiet.state.investigations, ...quiet.state.investigations] },
    };

    expect(draw(twice).split('\n')[0]).toBe('🟢 NO HITS  2 of 2 observables');
  });

  it('lists the first ten of many, in a card that fits a phone', () => {
    const card = lookUp(SOURCES);
    const investigations = Array.from({ length: 25 }, () => card.state.investigations).flat();
    const many = { ...card, state: { ...card.state, investigations } };

    expect(draw(many)).toContain('10 🔴 MALICIOUS 203.0.113[.]66 3/3\n… and 15 more\n');
    expect(wrappedLines(many)).toEqual([]);
  });
});
