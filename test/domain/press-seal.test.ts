import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSealed, type SealedFacts, sealPress } from '#domain/press-seal.ts';
import { anyOf } from './fuzz.ts';
import { PEOPLE } from './gate-people.ts';

const [KEY, OLD_KEY] = [new Uint8Array(32).fill(7), new Uint8Array(32).fill(9)];
const FACTS: SealedFacts = {
  requestId: 'tg-1-1',
  requester: 'ana',
  requesterId: PEOPLE.ana.telegramId,
  planHash: '01234567',
  at: '2026-03-01T12:00:00.000Z',
  verb: 'approve',
  pressId: 'cq-1',
  by: PEOPLE.rob,
  withCode: false,
};

describe('a seal', () => {
  it('vouches for exactly what was pressed', () => {
    expect(isSealed(FACTS, sealPress(FACTS, [KEY]), [KEY])).toBe(true);
  });

  it.each<[string, Partial<SealedFacts>]>([
    ['request', { requestId: 'tg-1-2' }],
    ['requester', { requester: 'rob' }],
    ['account of the requester', { requesterId: 22 }],
    ['time', { at: '2026-03-01T12:00:00.001Z' }],
    ['plan', { planHash: '01234568' }],
    ['verb', { verb: 'deny' }],
    ['press', { pressId: 'cq-2' }],
    ['person', { by: { ...PEOPLE.rob, name: 'ria' } }],
    ['account', { by: { ...PEOPLE.rob, telegramId: 33 } }],
    ['role', { by: { ...PEOPLE.rob, role: 'admin' } }],
    ['proof of presence', { withCode: true }],
    ['split of the same text', { requestId: 'tg-1-1","ana', requester: '01234567' }],
  ])('does not vouch for another %s', (_, other) => {
    expect(isSealed({ ...FACTS, ...other }, sealPress(FACTS, [KEY]), [KEY])).toBe(false);
  });

  it('survives a change of keys until the old one is taken away', () => {
    const old = sealPress(FACTS, [OLD_KEY]);

    expect(isSealed(FACTS, old, [KEY, OLD_KEY])).toBe(true);
    expect(isSealed(FACTS, old, [KEY])).toBe(false);
    expect(isSealed(FACTS, sealPress(FACTS, [KEY, OLD_KEY]), [KEY])).toBe(true);
  });

  it('cannot be made without a key, and without one vouches for nothing', () => {
    expect(() => sealPress(FACTS, [])).toThrow(RangeError);
    expect(isSealed(FACTS, sealPress(FACTS, [KEY]), [])).toBe(false);
  });

  it('is not met by any other text', () => {
    const seal = sealPress(FACTS, [KEY]);
    const anySeal = fc.oneof(
      fc.string(),
      fc.string({ unit: anyOf('0123456789abcdef'), minLength: 32, maxLength: 32 }),
      fc.nat({ max: 31 }).map((length) => seal.slice(0, length)),
      fc.string({ minLength: 1 }).map((more) => seal + more),
    );

    fc.assert(
      fc.property(anySeal, (forged) => forged === seal || !isSealed(FACTS, forged, [KEY])),
      { numRuns: 2_000 },
    );
  });
});
