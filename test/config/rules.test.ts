import { describe, expect, it } from 'vitest';
import { unsatisfiable } from '#config/policy.ts';
import { CONTAINMENT_ACTIONS } from '#domain/containment.ts';
import type { Person } from '#domain/person.ts';
import { DEFAULT_RULES, TIERS } from '#domain/policy.ts';
import { load } from './load-texts.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The policy that this text makes. */
const policyOf = (...lines: readonly string[]) =>
  load({ yaml: ['policy:', ...lines.map((line) => `  ${line}`)].join('\n') }).policy;

describe('the rules of a policy', () => {
  it('are the ones that SocBot has where nobody says anything', () => {
    expect(load({}).policy.rules).toEqual(DEFAULT_RULES);
  });

  it('change in what is written, and in nothing else', () => {
    const { rules } = policyOf('rules:', '  isolate:', '    critical: { approvals: 3, life: 5m, emergency: true }');

    expect(rules.isolate.critical).toEqual({
      ...DEFAULT_RULES.isolate.critical,
      approvals: 3,
      lifeMs: 5 * MINUTE,
      emergency: true,
    });
    expect({ ...rules, isolate: { ...rules.isolate, critical: null } }).toEqual({
      ...DEFAULT_RULES,
      isolate: { ...DEFAULT_RULES.isolate, critical: null },
    });
  });

  it('take every part of a rule from the file', () => {
    const written =
      'usual: { ask: responder, approve: admin, approvals: 2, code: true, reason: true, life: 1h, window: 2m, longest: 3h, escalateTo: responder, emergency: false }';

    expect(policyOf('defaultBlock: 1h', 'rules:', '  block:', `    ${written}`).rules.block.usual).toEqual({
      ask: 'responder',
      approve: 'admin',
      approvals: 2,
      code: true,
      reason: true,
      lifeMs: HOUR,
      windowMs: 2 * MINUTE,
      longestMs: 3 * HOUR,
      escalateTo: 'responder',
      emergency: false,
    });
  });

  it('take life and window for all from one line, unless one of them says otherwise', () => {
    const { rules } = policyOf(
      'approvalLife: 10m',
      'executionWindow: 3m',
      'rules:',
      '  block:',
      '    high: { life: 1h }',
    );

    for (const action of CONTAINMENT_ACTIONS) {
      for (const tier of TIERS) {
        const isOther = action === 'block' && tier === 'high';
        expect(rules[action][tier]).toMatchObject({ lifeMs: isOther ? HOUR : 10 * MINUTE, windowMs: 3 * MINUTE });
      }
    }
  });

  it('let no block last longer than the longest, and never make one longer', () => {
    const { block, isolate } = policyOf('longestBlock: 12h').rules;

    expect(TIERS.map((tier) => block[tier].longestMs)).toEqual([12 * HOUR, 12 * HOUR, 4 * HOUR]);
    expect(isolate).toEqual(DEFAULT_RULES.isolate);
    expect(policyOf('longestBlock: 30d').rules).toEqual(DEFAULT_RULES);
  });

  it('that nobody can satisfy are named where nobody wrote them', () => {
    const people: Person[] = [
      { name: 'Ana', role: 'analyst', telegramIds: [1] },
      { name: 'Ben', role: 'responder', telegramIds: [2] },
    ];
    const third: Person = { name: 'Cleo', role: 'admin', telegramIds: [3] };

    expect(unsatisfiable(DEFAULT_RULES, people).map(({ action, tier }) => `${action} ${tier}`)).toEqual([
      'block critical',
      'isolate critical',
    ]);
    expect(unsatisfiable(DEFAULT_RULES, [...people, third])).toEqual([]);
  });
});

describe('the limits of a policy', () => {
  it.each([
    ['', { perPerson: 10, inAll: 30, isolated: 5 }],
    ['limits: { perPerson: 3 }', { perPerson: 3, inAll: 30, isolated: 5 }],
    ['limits: { fleet: 100 }', { perPerson: 10, inAll: 30, isolated: 2 }],
    ['limits: { fleet: 10 }', { perPerson: 10, inAll: 30, isolated: 1 }],
    ['limits: { fleet: 10000 }', { perPerson: 10, inAll: 30, isolated: 5 }],
    ['limits: { fleet: 10000, isolated: 50 }', { perPerson: 10, inAll: 30, isolated: 50 }],
  ])('are %j', (line, limits) => {
    expect(policyOf(line === '' ? 'defaultBlock: 4h' : line).limits).toEqual(limits);
  });
});

describe('what is ours', () => {
  it('is read in one spelling', () => {
    const yaml = [
      'ownDomains: [Corp.Example, corp.example, bücher.example]',
      'hosts:',
      '  WS-114: { tier: workstation }',
      '  dc1.corp.example: { tier: critical, owner: Directory team, addresses: [203.0.113.10, "2001:DB8:0::10"] }',
    ].join('\n');

    expect(load({ yaml })).toMatchObject({
      ownDomains: ['corp.example', 'xn--bcher-kva.example'],
      hosts: [
        { name: 'ws-114', tier: 'workstation', owner: null, addresses: [] },
        {
          name: 'dc1.corp.example',
          tier: 'critical',
          owner: 'Directory team',
          addresses: ['203.0.113.10', '2001:db8::10'],
        },
      ],
    });
  });
});
