import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visibleText } from '#domain/visible-text.ts';
import { FUZZ_RUNS } from './fuzz.ts';

const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u2800\u3164\u115F]/u;

describe('visibleText', () => {
  it.each([
    ['invoice\u202Efdp.exe', 'invoice<U+202E>fdp.exe'],
    ['a\u200Bb', 'a<U+200B>b'],
    ['a\nb\tc\u0000', 'a<U+000A>b<U+0009>c<U+0000>'],
    ['a\u2028b', 'a<U+2028>b'],
    ['a\u{E0041}b', 'a<U+E0041>b'],
    ['a\uD83Db', 'a<U+D83D>b'],
    ['\uDE00', '<U+DE00>'],
    ['a\u00A0b\u3164', 'a<U+00A0>b<U+3164>'],
    ['\u0301abc', '<U+0301>abc'],
    ['Ünï 漢字 🙂 ⚠\uFE0F', 'Ünï 漢字 🙂 ⚠\uFE0F'],
    ['a\uFE0Fb', 'a<U+FE0F>b'],
    ['report.pdf                .exe', 'report.pdf<16 spaces>.exe'],
    ['', ''],
  ])('shows %j as %j', (text, shown) => {
    expect(visibleText(text, 100)).toBe(shown);
  });

  it('counts a heap of combining marks instead of drawing it', () => {
    expect(visibleText(`Z${'\u0335'.repeat(10_000)}algo`, 60)).toBe('Z\u0335\u0335\u0335<+9997 marks>algo');
  });

  it('cuts the middle and keeps the extension', () => {
    expect(visibleText(`${'quarterly-report-'.repeat(20)}.docx`, 24)).toBe('quarterly-repo…ort-.docx');
    expect(visibleText(`${'a'.repeat(50)}.docx`, 8)).toBe('aa….docx');
    expect(visibleText('abcdef', 1)).toBe('…');
    expect(visibleText('abcdef', 0)).toBe('');
  });

  it('cuts a file name of a megabyte without looking at all of it', () => {
    const shown = visibleText(`${'\u0000'.repeat(1_000_000)}.exe`, 30);

    expect(shown).toBe('<U+0000><U+0000><U+0000>….exe');
  });

  it('never splits a character in two', () => {
    const faces = '😀'.repeat(9000);
    const spaces = ' '.repeat(80);
    const names = [`${faces}x.exe`, `${spaces}${faces}x.exe`, `${faces}${spaces}.exe`];

    const shown = names.flatMap((name) => [...Array(100).keys()].map((units) => visibleText(name, units)));

    expect(shown.filter((text) => !text.isWellFormed() || text.includes('U+'))).toEqual([]);
  });

  it('stays within its length and shows nothing hidden, whatever the text', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({
        unit: fc.constantFrom('\u0301', '\uD83D', '\uDE00', '\u202E', '<b>', '🙂', '*', '_', '`', ' ', '.', 'ن'),
        maxLength: 120,
      }),
    );
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 80 }), (outside, maxUnits) => {
        const shown = visibleText(outside, maxUnits);

        expect(shown.length).toBeLessThanOrEqual(maxUnits);
        expect(shown.isWellFormed()).toBe(true);
        expect(shown).not.toMatch(HIDDEN);
        expect(shown).not.toMatch(/^\p{M}|\p{M}{4}/u);
      }),
      { numRuns: Math.max(2000, FUZZ_RUNS) },
    );
  });
});
