import { describe, expect, it } from 'vitest';
import type { ContainmentAction, ContainmentPlan } from '#domain/containment.ts';
import { DEFAULT_MARKINGS } from '#domain/marking.ts';
import type { Observable } from '#domain/observable.ts';
import { DEFAULT_LIMITS, DEFAULT_RULES } from '#domain/policy.ts';
import { type StakeFacts, stakesOf } from '#domain/stakes.ts';

const HOUR_MS = 3_600_000;
const NOTHING: StakeFacts['recent'] = { byRequester: 0, inAll: 0, isolated: 0 };
const BAD: Observable = { kind: 'ipv4', value: '203.0.113.66' };

function planOf(
  action: ContainmentAction,
  targets: readonly Observable[] = [BAD],
  durationMs: number | null = HOUR_MS,
) {
  const steps = targets.flatMap((target) => ['wall', 'moat'].map((system) => ({ system, target })));
  return { action, steps, durationMs, markings: DEFAULT_MARKINGS } satisfies ContainmentPlan;
}

function tierOf(plan: ContainmentPlan, { findings = [], ...recent }: Partial<StakeFacts & StakeFacts['recent']> = {}) {
  const facts = { findings, recent: { ...NOTHING, ...recent } };
  const { tier, why, rule } = stakesOf(plan, facts, { rules: DEFAULT_RULES, limits: DEFAULT_LIMITS });
  expect(rule).toBe(DEFAULT_RULES[plan.action][tier]);
  return [tier, ...why];
}

const addresses = (count: number) =>
  Array.from({ length: count }, (_, at): Observable => ({ kind: 'ipv4', value: `203.0.113.${at}` }));
const hosts = (count: number) =>
  Array.from({ length: count }, (_, at): Observable => ({ kind: 'host', value: `pc-${at}` }));

describe('the stakes of a plan', () => {
  it('are the usual ones where nothing speaks against it', () => {
    expect(tierOf(planOf('block'))).toEqual(['usual']);
    expect(tierOf(planOf('isolate', hosts(1)))).toEqual(['usual']);
  });

  it('are high for longer than usual, and not at the very end of it', () => {
    const { longestMs } = DEFAULT_RULES.block.usual;

    expect(tierOf(planOf('block', [BAD], longestMs))).toEqual(['usual']);
    expect(tierOf(planOf('block', [BAD], longestMs + 1))).toEqual(['high', 'Longer than 24h.']);
  });

  it('are high for a whole network', () => {
    expect(tierOf(planOf('block', [{ kind: 'cidr', value: '203.0.113.0/28' }]))).toEqual(['high', 'A whole network.']);
  });

  it('are critical where the guard wants two people, and no higher for what it only tells', () => {
    const findings = [
      { tier: 'tell', why: 'It was seen before.' },
      { tier: 'two_people', why: 'It is a resolver that many use.' },
    ] as const;

    expect(tierOf(planOf('block'), { findings })).toEqual(['critical', 'It is a resolver that many use.']);
    expect(tierOf(planOf('block'), { findings: findings.slice(0, 1) })).toEqual(['usual']);
  });

  it.each([
    ['byRequester', DEFAULT_LIMITS.perPerson, '10 containments of the same person in an hour.'],
    ['inAll', DEFAULT_LIMITS.inAll, '30 containments in an hour.'],
  ] as const)('are critical beyond the limit of %s', (key, limit, why) => {
    expect(tierOf(planOf('block'), { [key]: limit - 1 })).toEqual(['usual']);
    expect(tierOf(planOf('block'), { [key]: limit })).toEqual(['critical', why]);
  });

  it('count every target of a plan, once whatever the systems', () => {
    const { perPerson } = DEFAULT_LIMITS;

    expect(tierOf(planOf('block', addresses(perPerson)))).toEqual(['usual']);
    expect(tierOf(planOf('block', addresses(perPerson + 1)))[0]).toBe('critical');
  });

  it('are critical for more than one machine, and where too many are isolated already', () => {
    expect(tierOf(planOf('isolate', hosts(2)))).toEqual(['critical', 'More than one machine.']);
    expect(tierOf(planOf('isolate', hosts(1)), { isolated: 4 })).toEqual(['usual']);
    expect(tierOf(planOf('isolate', hosts(1)), { isolated: 5 })).toEqual([
      'critical',
      '5 machines are isolated already.',
    ]);
  });

  it.each(['unblock', 'release', 'allow'] as const)(
    'of %s are not raised by limits: letting go must stay easy',
    (action) => {
      const many = { byRequester: 99, inAll: 99, isolated: 99 };

      expect(tierOf(planOf(action, hosts(3), null), many)).toEqual(['usual']);
    },
  );

  it('name every reason, and the highest tier wins', () => {
    const plan = planOf('block', [{ kind: 'cidr', value: '203.0.113.0/28' }], 48 * HOUR_MS);

    expect(tierOf(plan)).toEqual(['high', 'Longer than 24h.', 'A whole network.']);
    expect(tierOf(plan, { byRequester: 10, inAll: 30 })).toEqual([
      'critical',
      '10 containments of the same person in an hour.',
      '30 containments in an hour.',
    ]);
  });
});
