import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ContainmentPlan, digestOf } from '#domain/containment.ts';
import { DEFAULT_MARKINGS } from '#domain/marking.ts';

const PLAN: ContainmentPlan = {
  action: 'block',
  target: { kind: 'ipv4', value: '203.0.113.66' },
  systems: ['wall', 'feed'],
  durationMs: 86_400_000,
  markings: DEFAULT_MARKINGS,
};

describe('digestOf', () => {
  it('is the same on every machine and after every restart', () => {
    expect(digestOf(PLAN)).toMatchInlineSnapshot(`"b48b 67f6"`);
  });

  it('is eight hex digits that two people can compare aloud', () => {
    expect(digestOf(PLAN)).toMatch(/^[0-9a-f]{4} [0-9a-f]{4}$/);
  });

  it('does not depend on the order of the systems or on where the plan came from', () => {
    const travelled = JSON.parse(JSON.stringify({ ...PLAN, systems: ['feed', 'wall'] })) as ContainmentPlan;

    expect(digestOf(travelled)).toBe(digestOf(PLAN));
    expect(PLAN.systems).toEqual(['wall', 'feed']);
  });

  it.each<[string, Partial<ContainmentPlan>]>([
    ['action', { action: 'unblock' }],
    ['target', { target: { kind: 'ipv4', value: '203.0.113.67' } }],
    ['kind of target', { target: { kind: 'domain', value: '203.0.113.66' } }],
    ['system', { systems: ['wall'] }],
    ['systems run together', { systems: ['wall,feed'] }],
    ['duration', { durationMs: 86_400_001 }],
    ['missing duration', { durationMs: null }],
    ['TLP', { markings: { tlp: 'RED', pap: 'GREEN' } }],
    ['PAP', { markings: { tlp: 'AMBER', pap: 'RED' } }],
  ])('differs for another %s', (_, change) => {
    expect(digestOf({ ...PLAN, ...change })).not.toBe(digestOf(PLAN));
  });

  it('cannot be met by moving text from one field into another', () => {
    const anyText = fc.string({ maxLength: 6 });
    const anyPlan = fc.record({
      action: fc.constantFrom('block', 'unblock' as const),
      target: fc.record({ kind: fc.constantFrom('ipv4', 'domain', 'url' as const), value: anyText }),
      systems: fc.uniqueArray(anyText, { maxLength: 3 }),
      durationMs: fc.option(fc.nat(3)),
      markings: fc.constant(DEFAULT_MARKINGS),
    }) as fc.Arbitrary<ContainmentPlan>;
    const canonical = (plan: ContainmentPlan) => JSON.stringify({ ...plan, systems: [...plan.systems].sort() });

    fc.assert(
      fc.property(anyPlan, anyPlan, (a, b) => canonical(a) === canonical(b) || digestOf(a) !== digestOf(b)),
      { numRuns: 5_000 },
    );
  });
});
