import { describe, expect, it } from 'vitest';
import { dateTimeTextOf, relativeTextOf, sizeTextOf, spanTextOf } from '#range/page/chat/moment.ts';

const NOW = Date.parse('2026-11-24T03:12:00Z');
const MINUTE = 60_000;

describe('relativeTextOf', () => {
  it.each([
    [29 * MINUTE, 'in 29 minutes'],
    [-2 * 60 * MINUTE, '2 hours ago'],
    [30_000, 'in less than a minute'],
    [-30_000, 'just now'],
    [0, 'just now'],
    [-3 * 24 * 60 * MINUTE, '3 days ago'],
  ])('%i ms away is "%s"', (distanceMs, text) => {
    expect(relativeTextOf(NOW + distanceMs, NOW)).toBe(text);
  });
});

describe('dateTimeTextOf', () => {
  it('leaves the text as it is when the format is empty', () => {
    expect(dateTimeTextOf(NOW, '', NOW)).toBeNull();
  });

  it('writes the parts that the format names, in the reader’s time zone', () => {
    const expected = new Date(NOW).toLocaleString(undefined, { weekday: 'long', hour: '2-digit', minute: '2-digit' });

    expect(dateTimeTextOf(NOW, 'wt', NOW)).toBe(expected);
  });
});

describe('spanTextOf and sizeTextOf', () => {
  it('keep to the figures that matter', () => {
    expect([412, 12_400, 200_000, 3_900_000, -5].map(spanTextOf)).toEqual([
      '0.4 s',
      '12 s',
      '3 min 20 s',
      '1 h 5 min',
      '0.0 s',
    ]);
    expect([19, 1500, 2_100_000].map(sizeTextOf)).toEqual(['19 B', '1.5 kB', '2.1 MB']);
  });
});
