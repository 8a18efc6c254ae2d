import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDuration, renderDuration } from '#domain/duration.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

describe('parseDuration', () => {
  it.each([
    ['30m', 30 * MINUTE_MS],
    ['24h', 24 * HOUR_MS],
    ['7d', 7 * DAY_MS],
    ['90s', 90_000],
    ['1500ms', 1500],
    ['1h30m', 90 * MINUTE_MS],
    ['1d2h3m4s5ms', DAY_MS + 2 * HOUR_MS + 3 * MINUTE_MS + 4005],
    ['007m', 7 * MINUTE_MS],
    ['3650d', 3650 * DAY_MS],
  ])('reads %s', (text, expectedMs) => {
    expect(parseDuration(text)).toBe(expectedMs);
  });

  it.each([
    '',
    ' ',
    '0m',
    '0d0h',
    '30',
    'm',
    '-5m',
    '+5m',
    '1.5h',
    '1,5h',
    '30 m',
    ' 30m',
    '30m ',
    '30m\n',
    '30M',
    '24H',
    '1w',
    '1mo',
    '1y',
    '5m1h',
    '5m5m',
    '1e3s',
    '0x10m',
    '٣m',
    '30min',
    'PT30M',
    '3651d',
    '999999999999d',
    '9999999999999ms',
    'forever',
    '1h'.repeat(1000),
  ])('refuses %j', (text) => {
    expect(parseDuration(text)).toBeNull();
  });
});

describe('renderDuration', () => {
  it.each([
    [30 * MINUTE_MS, '30m'],
    [4 * HOUR_MS, '4h'],
    [DAY_MS, '24h'],
    [36 * HOUR_MS, '36h'],
    [2 * DAY_MS, '2d'],
    [7 * DAY_MS + HOUR_MS, '7d1h'],
    [1500, '1s500ms'],
    [1.9, '1ms'],
    [0, '0s'],
    [-5, '0s'],
    [Number.NaN, '0s'],
  ])('writes %d ms as %s', (durationMs, expected) => {
    expect(renderDuration(durationMs)).toBe(expected);
  });

  it('writes what parseDuration reads back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3650 * DAY_MS }), (durationMs) => {
        expect(parseDuration(renderDuration(durationMs))).toBe(durationMs);
      }),
    );
  });
});
