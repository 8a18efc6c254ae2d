import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALLOW_LIST, type ContainmentPlan, digestOf, stepKey, systemsOf } from '#domain/containment.ts';
import { AS_ASKED, changedPlan, narrowerThan } from '#domain/plan-change.ts';
import { ASKED } from './gate-people.ts';

const HOUR_MS = 3_600_000;

/** What every button offers, as the plan it stands for. */
function offered(asked: ContainmentPlan, choice = AS_ASKED) {
  return narrowerThan(asked, choice).map((one) => {
    const plan = changedPlan(asked, one.choice);
    return [one.durationMs ?? one.system, plan && [(plan.durationMs ?? 0) / HOUR_MS, ...systemsOf(plan)].join(' ')];
  });
}

describe('what an approver may narrow', () => {
  it('is the time, and one of several systems', () => {
    expect(offered(ASKED)).toEqual([
      [HOUR_MS, '1 wall moat'],
      [4 * HOUR_MS, '4 wall moat'],
      [24 * HOUR_MS, '24 wall moat'],
      ['wall', '48 wall'],
      ['moat', '48 moat'],
    ]);
  });

  it('is narrowed further from a narrower one, and keeps it', () => {
    const oneSystem = narrowerThan(ASKED, AS_ASKED).find(({ system }) => system === 'moat');
    const fourHours = narrowerThan(ASKED, AS_ASKED).find(({ durationMs }) => durationMs === 4 * HOUR_MS);

    expect(offered(ASKED, oneSystem?.choice)).toEqual([
      [HOUR_MS, '1 moat'],
      [4 * HOUR_MS, '4 moat'],
      [24 * HOUR_MS, '24 moat'],
    ]);
    expect(offered(ASKED, fourHours?.choice)).toEqual([
      [HOUR_MS, '1 wall moat'],
      ['wall', '4 wall'],
      ['moat', '4 moat'],
    ]);
  });

  it.each([
    [HOUR_MS, []],
    [HOUR_MS + 1, [HOUR_MS]],
    [24 * HOUR_MS, [HOUR_MS, 4 * HOUR_MS]],
  ])('offers of %d ms only what is shorter', (durationMs, times) => {
    const plan = { ...ASKED, durationMs, steps: ASKED.steps.slice(0, 1) };

    expect(narrowerThan(plan, AS_ASKED).map((one) => one.durationMs)).toEqual(times);
  });

  it('leaves out a system that does not take every target, and an allowance as it is', () => {
    const more = [...ASKED.steps, { system: 'wall', target: { kind: 'domain', value: 'bad.example' } as const }];
    const allowance = [...ASKED.steps, ...ASKED.steps.map((step) => ({ ...step, system: ALLOW_LIST }))];

    expect(narrowerThan({ ...ASKED, steps: more, durationMs: null }, AS_ASKED).map(({ system }) => system)).toEqual([
      'wall',
    ]);
    expect(narrowerThan({ ...ASKED, action: 'allow', steps: allowance, durationMs: null }, AS_ASKED)).toEqual([]);
  });

  it('is nothing where it is for good and there is one system', () => {
    expect(narrowerThan({ ...ASKED, durationMs: null, steps: ASKED.steps.slice(0, 1) }, AS_ASKED)).toEqual([]);
  });
});

describe('a changed plan', () => {
  it('is what was asked for the choice that says so', () => {
    expect(changedPlan(ASKED, AS_ASKED)).toEqual(ASKED);
  });

  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 12, 65_535])('is none for the choice %d', (choice) => {
    expect(changedPlan(ASKED, choice)).toBeNull();
  });

  it('is never wider, never about another target, and has a digest of its own', () => {
    const anyAsked = fc.record({
      durationMs: fc.option(fc.integer({ min: 1, max: 30 * 24 * HOUR_MS })),
      steps: fc.array(
        fc.record({
          system: fc.constantFrom('wall', 'moat', 'feed'),
          target: fc.record({ kind: fc.constant('ipv4' as const), value: fc.ipV4() }),
        }),
        { minLength: 1, maxLength: 6 },
      ),
    });

    fc.assert(
      fc.property(anyAsked, fc.nat(40), (rest, choice) => {
        const asked = { ...ASKED, ...rest };
        const plan = changedPlan(asked, choice);
        if (plan === null) return;
        const keys = new Set(asked.steps.map(stepKey));
        expect(plan.steps.length).toBeGreaterThan(0);
        expect(plan.steps.every((step) => keys.has(stepKey(step)))).toBe(true);
        expect(plan.durationMs === null).toBe(asked.durationMs === null);
        expect(plan.durationMs ?? 0).toBeLessThanOrEqual(asked.durationMs ?? 0);
        if (choice !== AS_ASKED) expect(digestOf(plan)).not.toBe(digestOf(asked));
      }),
    );
  });
});
