import { describe, expect, it } from 'vitest';
import { createReport, cutText } from '#connectors/report.ts';

describe('a report', () => {
  it('leaves out facts without a value and keeps a zero', () => {
    const facts = [
      ['A', null],
      ['B', undefined],
      ['C', '  \n'],
      ['D', 0],
    ] as const;

    const report = createReport({ level: 'context', summary: 'x', facts });

    expect(report).toEqual({ level: 'context', summary: 'x', facts: [{ label: 'D', value: '0' }] });
  });

  it('holds at most eight facts and texts of at most 200 characters', () => {
    const facts = Array.from({ length: 20 }, (_, index) => [`Fact ${index}`, 'y'.repeat(1000)] as const);

    const report = createReport({ level: 'context', summary: 'x'.repeat(100_000), facts });

    expect(report.summary).toBe(`${'x'.repeat(199)}…`);
    expect(report.facts).toHaveLength(8);
    expect(report.facts.every(({ value }) => value.length === 200)).toBe(true);
  });
});

describe('cut text', () => {
  it.each([
    ['a\r\n\tb', 'a b'],
    ['exactly', 'exactly'],
    ['too long', 'too lo…'],
    ['sixsix💣💣', 'sixsix…'],
    ['five 💣💣💣', 'five …'],
    ['fives💣💣💣', 'fives…'],
    ['a\ud83dbcdefgh', 'a\ufffdbcde…'],
    ['\ud83d', '\ufffd'],
  ])('makes of %j: %j', (text, expected) => {
    const cut = cutText(text, 7);

    expect(cut).toBe(expected);
  });
});
