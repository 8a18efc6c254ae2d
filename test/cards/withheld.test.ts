import { describe, expect, it } from 'vitest';
import type { LookUpCard } from '#domain/card.ts';
import { several, SOURCES } from '#support/cards-look-up.ts';
import { ASK, BAD, draw, lookUp } from '#support/cards.ts';

describe('a look-up that is marked above what Telegram may hold', () => {
  const withhold = (card: LookUpCard): LookUpCard => ({
    ...card,
    state: { ...card.state, markings: { tlp: 'RED', pap: 'GREEN' }, withheldAbove: 'AMBER' },
  });

  it('shows neither observable nor report nor verdict, and where to read them', () => {
    expect(draw(withhold(lookUp(SOURCES, { view: 'full' })))).toMatchInlineSnapshot(`
      "🔒 WITHHELD  TLP:RED
      Telegram may hold TLP:AMBER at most
      1 observable · 4 answers · 0 open · 0 silent
      Read it in the Temporal UI under #ZDJA
      Your own message is still here: delete it.

      TLP:RED · PAP:GREEN · ana · #ZDJA"
    `);
    expect(draw(withhold(several('running')))).toMatchInlineSnapshot(`
      "🔒 WITHHELD  TLP:RED
      Telegram may hold TLP:AMBER at most
      3 observables · 5 answers · 3 open · 0 silent
      … still asking VirusTotal, AbuseIPDB and RDAP
      Read it in the Temporal UI under #ZDJA
      Your own message is still here: delete it.

      TLP:RED · PAP:GREEN · ana · #ZDJA
      [ ✖ Cancel ]"
    `);
    expect(draw(withhold(lookUp(SOURCES, { view: 'notice' })))).toMatchInlineSnapshot(
      `"🔒 WITHHELD  TLP:RED · the answers are in · #ZDJA"`,
    );
  });
});

describe('an offer that is marked above what Telegram may hold', () => {
  it('shows kinds and numbers alone', () => {
    const EVIL = { kind: 'domain', value: 'login.evil.example' } as const;
    const markings = { tlp: 'RED', pap: 'GREEN' } as const;
    const notes = ['login.evil.example: a note'];

    expect(
      draw({
        kind: 'offer',
        rev: 0,
        ask: ASK,
        found: [BAD, EVIL],
        markings,
        mostOpen: markings,
        notes,
        withheldAbove: 'AMBER',
      }),
    ).toMatchInlineSnapshot(`
      "🔒 FOUND 2  TLP:RED
      Telegram may hold TLP:AMBER at most
      1 ipv4
      2 domain
      Your own message is still here: delete it.

      TLP:RED · PAP:GREEN · ana · #ZDJA
      [ 🔎 1 ]{b} [ 🔎 2 ]{b}
      [ Look up all 2 ]
      [= TLP:RED =] [ PAP → AMBER ]"
    `);
  });
});
