import { describe, expect, it } from 'vitest';
import { doubtfulLine } from '#activities/plain-card.ts';
import { renderCard } from '#cards/render.ts';
import type { SourceProgress } from '#domain/verdict.ts';
import { answered, AT, draw, lookUp, source } from '#support/cards.ts';

const VENDORS = ['VirusTotal', 'AbuseIPDB', 'URLhaus', 'ThreatFox', 'Shodan InternetDB', 'RDAP'];
const FOOTER = 'TLP:AMBER · PAP:GREEN · ana · #ZDJA';

/** A source that says so much, in UTF-16 units, wherever it may say anything. */
function talkative(title: string, units: number): SourceProgress {
  const facts = Array.from({ length: 8 }, (_, at) => ({ label: `Fact ${at}`, value: 'x'.repeat(units) }));
  return answered(title, 'malicious', 's'.repeat(units), { facts, seenAt: AT });
}

function unfold(sources: readonly SourceProgress[]): string[] {
  return renderCard(lookUp(sources, { view: 'full', notes: ['n'.repeat(500), 'n'.repeat(500)] })).text.text.split('\n');
}

describe('the unfolded card of a look-up', () => {
  const notAsked = source('Pulsedive', { state: 'not_asked', why: 'PAP:GREEN forbids it' });
  const silent = source('Censys', { state: 'silent', why: 'refused', detail: 'd'.repeat(900) });

  it.each([60, 200, 5_000])('loses no source and no footer when every text has %i units', (units) => {
    const unfolded = unfold([...VENDORS.map((title) => talkative(title, units)), silent, notAsked]);

    expect(unfolded.join('\n').length).toBeLessThanOrEqual(4096);
    expect(unfolded.filter((line) => line.startsWith('🔴 ')).slice(1)).toEqual(
      VENDORS.map((title) => `🔴 ${title}: malicious`),
    );
    expect(unfolded).toContain('⚠ Censys refused the question');
    expect(unfolded).toContain('🚫 Pulsedive was not asked: PAP:GREEN forbids it');
    expect(unfolded.slice(-3)).toEqual(['… cut: what the sources wrote is longer than one message', '', FOOTER]);
  });

  it('shortens the longest texts first, and leaves the short ones whole', () => {
    const brief = answered('CIRCL hashlookup', 'no_hits', 'In a known set of files', {
      facts: [{ label: 'Set', value: 'NSRL' }],
    });

    const unfolded = unfold([...VENDORS.slice(0, 3).map((title) => talkative(title, 200)), brief]);

    expect(unfolded).toContain('In a known set of files');
    expect(unfolded).toContain('Set: NSRL');
    expect(unfolded).toContainEqual(expect.stringMatching(/^Fact 7: x{40,}…x+$/));
  });

  it('leaves out what the sources wrote before it leaves out a source', () => {
    const many = Array.from({ length: 16 }, (_, at) => talkative(`Vendor ${at}`, 200));

    expect(unfold(many)).not.toContainEqual(expect.stringContaining('Fact'));
    expect(unfold(many)).toContain('🔴 Vendor 15: malicious');
    expect(unfold(many).at(-1)).toBe(FOOTER);
  });

  it('keeps its footer when it has to say that it may be there twice', () => {
    const card = lookUp(
      VENDORS.map((title) => talkative(title, 56)),
      { view: 'full' },
    );

    const { text } = doubtfulLine(renderCard(card).text);

    expect(text).toContain(`\n${FOOTER}\n↻ possibly repeated`);
  });

  it.each([
    ['facts', { facts: [{ label: 'Network', value: 'AS64500' }] }, 'knows it, without a rating'],
    ['a sighting', { seenAt: AT }, 'knows it, without a rating'],
    ['nothing more', {}, 'has no rating'],
  ])('never says of a source without a rating that it has not seen it: it holds %s', (_, known, words) => {
    const card = lookUp([answered('VirusTotal', 'unknown', 'Known by name, rated by no engine', known)]);

    expect(draw({ ...card, view: 'full' })).toContain(`⚪ VirusTotal: ${words}\nKnown by name, rated by no engine\n`);
    expect(draw({ ...card, view: 'full' })).toMatch(/^⚪ UNKNOWN {2}/);
    expect(draw(card)).toContain('⚪ VirusTotal: Known by name, rated by no engine');
  });

  it('says nothing of a cut where all fits', () => {
    expect(draw(lookUp([talkative('RDAP', 200), notAsked], { view: 'full' }))).not.toContain('… cut');
  });
});
