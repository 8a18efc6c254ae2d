import { describe, expect, it } from 'vitest';
import { ASKING, SOURCES } from '#support/cards-look-up.ts';
import { answered, AT, draw, lookUp, source, wrappedLines } from '#support/cards.ts';

describe('the card of a look-up', () => {
  it('says first that it is malicious, then who says so and why', () => {
    expect(draw(lookUp(SOURCES))).toMatchInlineSnapshot(`
      "🔴 MALICIOUS  203.0.113[.]66
      Network: AS64500 EXAMPLE-NET
      Country: NL

      🔴 VirusTotal: 58 malicious of 94 engines · 2026-11-24 02:14 UTC
      🔴 ThreatFox: Cobalt Strike C2, confidence 95 %
      🟠 AbuseIPDB: Abuse confidence 61 %, 34 reports

      TLP:AMBER · PAP:GREEN · ana · #ZDJA
      [ 🔎 More ] [ 📋 Copy ]
      [ ⛔ Block… ]{r}"
    `);
  });

  it('shows who is still asked', () => {
    expect(draw(lookUp(ASKING, { phase: 'running' }))).toMatchInlineSnapshot(`
      "⏳ CHECKING  203.0.113[.]66
      … still asking VirusTotal, AbuseIPDB and RDAP

      TLP:AMBER · PAP:GREEN · ana · #ZDJA
      [ 🔎 More ] [ 📋 Copy ]
      [ ✖ Cancel ] [ ⛔ Block… ]{r}"
    `);
  });

  it('gives the alarm while others are still asked, and says whose turn is when', () => {
    const waiting = source('VirusTotal', { state: 'waiting', until: AT });

    expect(draw(lookUp([...SOURCES.slice(3), waiting, ...ASKING.slice(1)], { phase: 'running' })))
      .toMatchInlineSnapshot(`
      "🔴 MALICIOUS  203.0.113[.]66

      🔴 ThreatFox: Cobalt Strike C2, confidence 95 %
      ⏳ VirusTotal waits for its quota, its turn is 2026-11-24 02:14 UTC
      … still asking AbuseIPDB and RDAP

      TLP:AMBER · PAP:GREEN · ana · #ZDJA
      [ 🔎 More ] [ 📋 Copy ]
      [ ✖ Cancel ] [ ⛔ Block… ]{r}"
    `);
  });

  it('never calls it harmless that nobody has seen', () => {
    const sources = [answered('VirusTotal', 'unknown', 'Never seen'), answered('URLhaus', 'unknown', 'Not listed')];

    expect(draw(lookUp(sources))).toMatchInlineSnapshot(`
      "⚪ UNKNOWN  203.0.113[.]66

      ⚪ VirusTotal: Never seen
      ⚪ URLhaus: Not listed
      No data is not "clean".

      TLP:AMBER · PAP:GREEN · ana · #ZDJA
      [ 🔎 More ] [ 📋 Copy ]
      [ ⛔ Block… ]{r}"
    `);
  });

  it('says NO HITS only when all have answered', () => {
    const heard = [answered('VirusTotal', 'no_hits', 'No hits from 94 engines')];
    const silent = ['URLhaus', 'ThreatFox'].map((title) =>
      source(title, { state: 'silent', why: 'late', detail: 'no answer in time' }),
    );

    expect(draw(lookUp(heard))).toMatchInlineSnapshot(`
      "🟢 NO HITS  203.0.113[.]66

      🟢 VirusTotal: No hits from 94 engines

      TLP:AMBER · PAP:GREEN · ana · #ZDJA
      [ 🔎 More ] [ 📋 Copy ]
      [ ⛔ Block… ]{r}"
    `);
    expect(draw(lookUp([...heard, ...silent]))).toMatchInlineSnapshot(`
      "⚪ UNKNOWN (2 silent)  203.0.113[.]66

      🟢 VirusTotal: No hits from 94 engines
      ⚠ URLhaus and ThreatFox did not answer in time
      No data is not "clean".

      TLP:AMBER · PAP:GREEN · ana · #ZDJA
      [ 🔎 More ] [ 📋 Copy ]
      [ 🔁 Ask again ] [ ⛔ Block… ]{r}"
    `);
  });

  it('names those who were not asked, and why, and does not offer a block that is forbidden', () => {
    const why = 'PAP:AMBER forbids it';
    const card = lookUp([
      source('Shodan', { state: 'not_asked', why }),
      source('URLscan', { state: 'not_asked', why }),
    ]);

    const marked = { ...card, state: { ...card.state, markings: { tlp: 'AMBER', pap: 'AMBER' } } } as const;
    expect(draw(marked)).toMatchInlineSnapshot(`
      "⚪ UNKNOWN  203.0.113[.]66
      🚫 not asked, PAP:AMBER forbids it: Shodan and URLscan
      No data is not "clean".

      TLP:AMBER · PAP:AMBER · ana · #ZDJA
      [ 🔎 More ] [ 📋 Copy ]
      [= ⛔ No block: PAP:AMBER =]"
    `);
  });

  it('offers to ask again where an answer was paid for and lost', () => {
    const lost = source('VirusTotal', { state: 'silent', why: 'lost', detail: AT });

    expect(draw(lookUp([lost]))).toMatchInlineSnapshot(`
      "⚪ UNKNOWN (1 silent)  203.0.113[.]66
      ⚠ VirusTotal gave no answer; counted calls are not repeated
      No data is not "clean".

      TLP:AMBER · PAP:GREEN · ana · #ZDJA
      [ 🔎 More ] [ 📋 Copy ]
      [ 🔁 Ask again ] [ ⛔ Block… ]{r}"
    `);
  });

  it('says when no source knows such a thing', () => {
    const observable = { kind: 'email', value: 'user@evil.example' } as const;

    expect(draw(lookUp([], { observable }))).toMatchInlineSnapshot(`
      "⚪ UNKNOWN  user[@]evil[.]example
      No source that is switched on knows this kind of observable.
      No data is not "clean".

      TLP:AMBER · PAP:GREEN · ana · #ZDJA
      [ 🔎 More ] [ 📋 Copy ]"
    `);
  });

  it('tells of each who asked the same which answers are theirs', () => {
    const by = (title: string, name: string) => ({
      ...answered(title, 'no_hits', 'No hits'),
      sharedBy: { name, askedAt: AT },
    });

    const text = draw(lookUp([by('RDAP', 'cleo'), by('VirusTotal', 'ben'), by('AbuseIPDB', 'cleo')]));

    expect(text).toContain('👥 cleo asked the same 2026-11-24 02:14 UTC; 2 answers are shared');
    expect(text).toContain('👥 ben asked the same 2026-11-24 02:14 UTC; 1 answer is shared');
  });

  it('tells who asked the same before', () => {
    const [one = source('A', { state: 'asking' })] = SOURCES.slice(2);
    const shared = { ...one, sharedBy: { name: 'ben', askedAt: AT } };

    expect(draw(lookUp([shared])).split('\n')[1]).toMatchInlineSnapshot(
      `"👥 ben asked the same 2026-11-24 02:14 UTC; 1 answer is shared"`,
    );
  });

  it('does not tell people in their own chat that somebody of their name asked', () => {
    const [one = source('A', { state: 'asking' })] = SOURCES.slice(2);
    const own = { ...one, sharedBy: { name: 'ana', askedAt: AT } };

    expect(draw(lookUp([own])).split('\n')[1]).toContain('you asked the same');
  });

  it('keeps its alarm when it is cancelled, and does not go on asking', () => {
    expect(draw(lookUp([...SOURCES.slice(3), ...ASKING.slice(1)], { phase: 'cancelled' }))).toMatchInlineSnapshot(`
      "🔴 MALICIOUS (cancelled)  203.0.113[.]66

      🔴 ThreatFox: Cobalt Strike C2, confidence 95 %
      ✖ cancelled before an answer: AbuseIPDB and RDAP

      TLP:AMBER · PAP:GREEN · ana · #ZDJA
      [ 🔎 More ] [ 📋 Copy ]"
    `);
    expect(draw(lookUp(ASKING, { phase: 'cancelled' }))).toMatchInlineSnapshot(`
      "✖ CANCELLED  203.0.113[.]66
      ✖ cancelled before an answer: VirusTotal, AbuseIPDB and RDAP

      TLP:AMBER · PAP:GREEN · ana · #ZDJA
      [ 🔎 More ] [ 📋 Copy ]"
    `);
  });

  it('unfolds every source', () => {
    const sources = [
      ...SOURCES.slice(0, 2),
      source('URLhaus', { state: 'silent', why: 'malformed_response', detail: 'no field "query_status"' }),
      source('VirusTotal', { state: 'not_asked', why: 'TLP:RED forbids it' }),
    ];

    expect(draw(lookUp(sources, { view: 'full' }))).toMatchInlineSnapshot(`
      "🟠 SUSPICIOUS (1 silent)  203.0.113[.]66

      ℹ️ RDAP: context, no opinion
      EXAMPLE-NET
      Network: AS64500 EXAMPLE-NET
      Country: NL
      Abuse: abuse[@]net[.]example
      answered 2026-11-24 02:14 UTC
      🟠 AbuseIPDB: suspicious
      Abuse confidence 61 %, 34 reports
      answered 2026-11-24 02:14 UTC
      ⚠ URLhaus gave an unreadable answer
      no field "query_status"
      🚫 VirusTotal was not asked: TLP:RED forbids it

      TLP:AMBER · PAP:GREEN · ana · #ZDJA
      [ 🔼 Less ] [ 📋 Copy ]
      [ 🔁 Ask again ] [ ⛔ Block… ]{r}"
    `);
  });

  it('is announced in one line to whoever waited', () => {
    expect(draw(lookUp(SOURCES, { view: 'notice' }))).toMatchInlineSnapshot(
      `"🔴 MALICIOUS  203.0.113[.]66 · the answers are in · #ZDJA"`,
    );
  });

  it('is not announced as answered when every source was silent', () => {
    const silent = source('URLhaus', { state: 'silent', why: 'late', detail: '' });

    expect(draw(lookUp([silent], { view: 'notice' }))).toBe(
      '⚪ UNKNOWN (1 silent)  203.0.113[.]66 · no source answered · #ZDJA',
    );
  });

  it('cuts a long address in its middle and keeps the decision on the first line', () => {
    const observable = { kind: 'url', value: `https://login.evil.example/${'a'.repeat(2_000)}/end.php` } as const;
    const [first = ''] = draw(lookUp(SOURCES, { observable })).split('\n');

    expect(first).toMatch(/^🔴 MALICIOUS {2}hxxps:\/\/login\.evil\[\.\]example\/a+…a+\/end\.php$/);
    expect(first.length).toBeLessThan(140);
  });

  it('fits a phone: at most twelve lines, few of them wrap', () => {
    const cards = [lookUp(SOURCES), lookUp(ASKING, { phase: 'running' })];

    for (const card of cards) {
      expect(draw({ ...card, view: 'short' }).split('\n').length).toBeLessThanOrEqual(12 + 2);
      expect(wrappedLines(card).length).toBeLessThanOrEqual(3);
    }
  });
});
