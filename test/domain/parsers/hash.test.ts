import { describe, expect, it } from 'vitest';
import { parseObservable } from '#domain/parse-observable.ts';
import { readAs } from '../observable-arbitraries.ts';

const EICAR_SHA256 = '275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f';

describe('a hash', () => {
  it.each(['sha256:', 'SHA256=', 'sha-256:', ''])('may carry the label %j', (label) => {
    expect(readAs(label + EICAR_SHA256.toUpperCase())).toEqual({ kind: 'sha256', value: EICAR_SHA256 });
  });

  it('whose label and length differ is an objection', () => {
    expect(parseObservable(`md5:${EICAR_SHA256}`)).toEqual({
      objection: 'The label says MD5, the length says SHA256.',
    });
  });

  it.each([16, 31, 33, 63, 65, 128])('of %i digits is none that anybody knows', (length) => {
    expect(parseObservable('a1'.repeat(64).slice(0, length))).toEqual({
      objection: `A hash has 32 (MD5), 40 (SHA-1) or 64 (SHA-256) digits; this one has ${length}.`,
    });
  });

  it('of decimal digits alone is still a hash', () => {
    expect(readAs('1'.repeat(32)).kind).toBe('md5');
  });
});
