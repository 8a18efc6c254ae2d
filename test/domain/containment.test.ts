import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ALLOW_LIST,
  CONTAINMENT_ACTIONS,
  type ContainmentPlan,
  digestOf,
  isRestriction,
  type Step,
  subjectHashOf,
  systemsOf,
  targetsOf,
  verbOf,
} from '#domain/containment.ts';
import { DEFAULT_MARKINGS } from '#domain/marking.ts';
import type { Observable } from '#domain/observable.ts';

const [BAD, WORSE] = ['203.0.113.66', '203.0.113.67'].map((value) => ({ kind: 'ipv4', value }) as const) as [
  Observable,
  Observable,
];

function stepsOn(systems: readonly string[], ...targets: readonly Observable[]): readonly Step[] {
  return targets.flatMap((target) => systems.map((system) => ({ system, target })));
}

const PLAN: ContainmentPlan = {
  action: 'block',
  steps: stepsOn(['wall', 'feed'], BAD),
  durationMs: 86_400_000,
  markings: DEFAULT_MARKINGS,
};

describe('digestOf', () => {
  it('is the same on every machine and after every restart', () => {
    expect(digestOf(PLAN)).toMatchInlineSnapshot(`"a5ae cc6a"`);
  });

  it('is eight hex digits that two people can compare aloud', () => {
    expect(digestOf(PLAN)).toMatch(/^[0-9a-f]{4} [0-9a-f]{4}$/);
  });

  it('does not depend on the order of the steps or on where the plan came from', () => {
    const travelled = JSON.parse(JSON.stringify({ ...PLAN, steps: PLAN.steps.toReversed() })) as ContainmentPlan;

    expect(digestOf(travelled)).toBe(digestOf(PLAN));
    expect(systemsOf(PLAN)).toEqual(['wall', 'feed']);
  });

  it.each<[string, Partial<ContainmentPlan>]>([
    ['action', { action: 'unblock' }],
    ['action on machines', { action: 'isolate' }],
    ['target', { steps: stepsOn(['wall', 'feed'], WORSE) }],
    ['target more', { steps: stepsOn(['wall', 'feed'], BAD, WORSE) }],
    ['kind of target', { steps: stepsOn(['wall', 'feed'], { kind: 'domain', value: BAD.value }) }],
    ['system', { steps: stepsOn(['wall', 'moat'], BAD) }],
    ['system less', { steps: stepsOn(['wall'], BAD) }],
    ['systems run together', { steps: stepsOn(['wall,feed'], BAD) }],
    ['duration', { durationMs: 86_400_001 }],
    ['missing duration', { durationMs: null }],
    ['TLP', { markings: { tlp: 'RED', pap: 'GREEN' } }],
    ['PAP', { markings: { tlp: 'AMBER', pap: 'RED' } }],
  ])('differs for another %s', (_, change) => {
    expect(digestOf({ ...PLAN, ...change })).not.toBe(digestOf(PLAN));
  });

  it('tells two targets on two systems from each on one', () => {
    const all = { ...PLAN, steps: stepsOn(['wall', 'feed'], BAD, WORSE) };
    const crossed = [
      { system: 'wall', target: BAD },
      { system: 'feed', target: WORSE },
    ];

    expect(digestOf({ ...PLAN, steps: crossed })).not.toBe(digestOf(all));
    expect(digestOf({ ...PLAN, steps: crossed })).not.toBe(digestOf({ ...PLAN, steps: stepsOn(['wall'], BAD, WORSE) }));
  });

  it('cannot be met by moving text from one field into another', () => {
    const anyTarget = fc.record({
      kind: fc.constantFrom('ipv4', 'domain', 'url' as const),
      value: fc.string({ maxLength: 6 }),
    });
    const anyPlan: fc.Arbitrary<ContainmentPlan> = fc.record({
      action: fc.constantFrom(...CONTAINMENT_ACTIONS),
      // The id of a system is a folder's name; a target's value is anything.
      steps: fc.array(fc.record({ system: fc.constantFrom('a', 'b', 'a-b'), target: anyTarget }), { maxLength: 3 }),
      durationMs: fc.option(fc.nat(3)),
      markings: fc.constant(DEFAULT_MARKINGS),
    });
    const canonical = (plan: ContainmentPlan) =>
      JSON.stringify({ ...plan, steps: plan.steps.map((step) => JSON.stringify(step)).toSorted() });

    fc.assert(
      fc.property(anyPlan, anyPlan, (a, b) => canonical(a) === canonical(b) || digestOf(a) !== digestOf(b)),
      { numRuns: 5_000 },
    );
  });
});

describe('a plan', () => {
  const ALLOW: ContainmentPlan = { ...PLAN, action: 'allow', steps: stepsOn(['wall', ALLOW_LIST], BAD) };

  it('names every target and every system once, in the order in which they were asked', () => {
    const plan = { steps: stepsOn(['wall', 'feed'], WORSE, BAD) };

    expect(targetsOf(plan)).toEqual([WORSE, BAD]);
    expect(systemsOf(plan)).toEqual(['wall', 'feed']);
  });

  it.each([
    ['block', 'contain', true],
    ['isolate', 'contain', true],
    ['unblock', 'release', false],
    ['release', 'release', false],
    ['allow', 'release', false],
  ] as const)('of %s asks a system to %s', (action, verb, restricts) => {
    expect(verbOf(action, 'wall')).toBe(verb);
    expect(isRestriction(action)).toBe(restricts);
  });

  it('of an allowance is held on the list of what nobody may block alone', () => {
    expect(ALLOW.steps.map(({ system }) => verbOf('allow', system))).toEqual(['release', 'contain']);
  });

  it('is about the same wish for whoever asks, on whatever systems, for however long', () => {
    const subject = subjectHashOf(PLAN);

    expect(subjectHashOf({ ...PLAN, steps: stepsOn(['moat'], BAD) })).toBe(subject);
    expect(subjectHashOf({ ...PLAN, action: 'unblock' })).not.toBe(subject);
    expect(subjectHashOf({ ...PLAN, steps: stepsOn(['wall', 'feed'], BAD, WORSE) })).not.toBe(subject);
  });
});
