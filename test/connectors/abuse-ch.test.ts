import { describe, expect, it } from 'vitest';
import { Count, isoOf } from '#connectors/abuse-ch.ts';

describe('a time of abuse.ch', () => {
  it.each([
    ['2019-01-19 01:33:26 UTC', '2019-01-19T01:33:26.000Z'],
    ['2023-01-18 11:55:15', '2023-01-18T11:55:15.000Z'],
    ['2019-01-19', '2019-01-19T00:00:00.000Z'],
  ])('reads %s', (text, expected) => {
    const at = isoOf(text);

    expect(at).toBe(expected);
  });

  it.each([
    [null],
    [undefined],
    [''],
    ['2019-13-01 00:00:00 UTC'],
    ['yesterday'],
    ['2019-01-19T01:33:26+02:00'],
    ['0'],
  ])('makes nothing of %j', (text) => {
    const at = isoOf(text);

    expect(at).toBeUndefined();
  });
});

describe('a count of abuse.ch', () => {
  it.each([
    [7, 7],
    ['179664', 179_664],
    ['0', 0],
  ])('reads %j', (count, expected) => {
    const parsed = Count.parse(count);

    expect(parsed).toBe(expected);
  });

  it.each([['-1'], ['1e9'], [''], [' 1'], ['9'.repeat(16)], [1.5], [-1], [null], [true]])('refuses %j', (count) => {
    const parsed = Count.safeParse(count);

    expect(parsed.success).toBe(false);
  });
});
