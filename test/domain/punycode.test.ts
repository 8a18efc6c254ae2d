import { domainToASCII } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePunycode } from '#domain/punycode.ts';
import { anyOf, FUZZ_RUNS } from './fuzz.ts';

describe('decodePunycode', () => {
  it('undoes what the platform encodes', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyOf('abz09äßжλ漢한🙂ﷲक'), minLength: 1, maxLength: 20 }), (label) => {
        const ascii = domainToASCII(label);
        fc.pre(ascii.startsWith('xn--'));

        const decoded = decodePunycode(ascii.slice(4));

        expect(domainToASCII(decoded ?? '')).toBe(ascii);
      }),
      { numRuns: FUZZ_RUNS },
    );
  });

  it('never throws, whatever stands behind xn--', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyOf('abz019-'), maxLength: 59 }), (label) => {
        expect([null, 'string']).toContain(decodePunycode(label) === null ? null : typeof decodePunycode(label));
      }),
      { numRuns: FUZZ_RUNS },
    );
  });

  it.each(['99999999', 'ab!c', 'a-\u00E9', 'mnchen-3'])('finds no name in %s', (label) => {
    expect(decodePunycode(label)).toBeNull();
  });
});
