import { describe, expect, it } from 'vitest';
import { isHashKind, parseHashKind } from '#connectors/hash-kinds.ts';
import { OBSERVABLE_KINDS } from '#domain/observable.ts';

describe('kinds of hash', () => {
  it('are three of the kinds of observable', () => {
    const kinds = OBSERVABLE_KINDS.filter(isHashKind);

    expect(kinds).toEqual(['md5', 'sha1', 'sha256']);
  });

  it.each([
    ['a'.repeat(32), 'md5'],
    ['B0'.repeat(20), 'sha1'],
    ['0'.repeat(64), 'sha256'],
    ['0'.repeat(63), null],
    [`${'0'.repeat(63)}g`, null],
    [` ${'0'.repeat(63)}`, null],
    ['', null],
  ])('are told by their length: %j', (text, expected) => {
    const kind = parseHashKind(text);

    expect(kind).toBe(expected);
  });
});
