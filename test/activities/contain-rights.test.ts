import { describe, expect, it } from 'vitest';
import { ALLOW_LIST, type ContainmentPlan, type Order } from '#domain/containment.ts';
import { formatFreeze } from '#domain/freeze.ts';
import type { Observable } from '#domain/observable.ts';
import type { Person } from '#domain/person.ts';
import { DEFAULT_RULES, type Rules } from '#domain/policy.ts';
import { MARKS } from '#store/mark-names.ts';
import { type ContainRig, startContainRig } from '#support/contain-rig.ts';
import { actOf, approvalBy, BLOCK, NOW, UNBLOCK } from '#support/sealed-orders.ts';
import { addressOf, blockPlan, PEOPLE } from '#support/soc-requests.ts';

const everybody: readonly Person[] = Object.values(PEOPLE).map(({ name, telegramId, role }) => ({
  name,
  role,
  telegramIds: [telegramId],
}));
const but = (name: string, change: Partial<Person> | null): readonly Person[] =>
  everybody.flatMap((person) => (person.name !== name ? [person] : change ? [{ ...person, ...change }] : []));
const withRule = (change: Partial<Rules['block']['usual']>): Rules => ({
  ...DEFAULT_RULES,
  block: { ...DEFAULT_RULES.block, usual: { ...DEFAULT_RULES.block.usual, ...change } },
});

type Checks = NonNullable<NonNullable<Parameters<typeof startContainRig>[0]>['checks']>;
const secondPress = (plan: ContainmentPlan = BLOCK) => approvalBy('ria', plan, { pressId: 'cq-2' });

describe('rights are those of the moment of the act', () => {
  it.each<[string, Partial<Order>, Checks, string]>([
    [
      'an approver who lost the role',
      {},
      { people: async () => but('rob', { role: 'analyst' }) },
      'rob may not approve',
    ],
    ['an approver who left', {}, { people: async () => but('rob', null) }, 'rob may not approve'],
    ['a requester who left', {}, { people: async () => but('ana', null) }, 'ana may not ask'],
    ['a requester who lost the role', {}, { people: async () => but('ana', { role: 'viewer' }) }, 'ana may not ask'],
    [
      'a requester who approves by a second account',
      {},
      { people: async () => [{ name: 'ana', role: 'admin', telegramIds: [11, 22] }] },
      'nobody else has approved it',
    ],
    ['one approval where two are needed', {}, { rules: withRule({ approvals: 2 }) }, 'more is at stake'],
    [
      'two accounts of one person where two people are needed',
      { approvals: [approvalBy('rob', BLOCK), secondPress()] },
      {
        rules: withRule({ approvals: 2 }),
        people: async () => [...but('rob', { telegramIds: [22, 33] }).filter(({ name }) => name !== 'ria')],
      },
      'more is at stake',
    ],
    ['no code where one is needed', {}, { rules: withRule({ code: true }) }, 'without a code'],
    ['no reason where one is needed', {}, { rules: withRule({ reason: true }) }, 'needs a reason'],
    ['a time that is longer than the rule allows', {}, { rules: longestMs(60_000) }, 'longer than the policy allows'],
    [
      'approvals that lie further apart than one may live',
      {
        approvals: [
          approvalBy('rob', BLOCK, { at: '2026-03-01T10:00:00.000Z' }),
          approvalBy('ria', BLOCK, { pressId: 'cq-2' }),
        ],
      },
      { rules: withRule({ approvals: 2 }) },
      'approved too long ago',
    ],
  ])('nothing is done for %s', async (_, order, checks, why) => {
    const rig = await startContainRig({ checks });

    expect(await rig.contain(actOf(order))).toEqual({ isDone: false, why: expect.stringContaining(why) });
    expect(rig.reached).toEqual([]);
  });

  it('two different people suffice where two are needed', async () => {
    const rig = await startContainRig({ checks: { rules: withRule({ approvals: 2 }) } });

    expect(await rig.contain(actOf({ approvals: [approvalBy('rob', BLOCK), secondPress()] }))).toEqual({
      isDone: true,
    });
  });

  it('a code that the bot did not see breaks the seal', async () => {
    const rig = await startContainRig({ checks: { rules: withRule({ code: true }) } });
    const forged = { ...approvalBy('rob', BLOCK), withCode: true } as const;

    expect(await rig.contain(actOf({ approvals: [forged] }))).toMatchObject({
      why: expect.stringContaining('no seal'),
    });
    const seen = approvalBy('rob', BLOCK, { withCode: true });
    expect(await rig.contain(actOf({ approvals: [seen] }))).toEqual({ isDone: true });
  });

  it('more is asked of a requester who has had ten targets held in the hour', async () => {
    const rig = await startContainRig();
    for (let at = 0; at < 10; at += 1) await begin(rig, addressOf(100 + at), `tg-1-${50 + at}`);

    expect(await rig.contain(actOf({ reason: 'beacons' }))).toMatchObject({
      isDone: false,
      why: expect.stringContaining('without a code'),
    });
  });
});

describe('an emergency', () => {
  const alone = (facts: Parameters<typeof approvalBy>[2] = {}) => [
    approvalBy('ana', BLOCK, { verb: 'emergency', withCode: true, ...facts }),
  ];
  const onCall = async (rig: ContainRig, name: string) => rig.store.marks.set(MARKS.onCall, name, NOW);
  const responders: Checks = { people: async () => but('ana', { role: 'responder' }) };

  it('is carried out for the responder on call, with a code and a reason', async () => {
    const rig = await startContainRig({ checks: responders });
    await onCall(rig, 'ana');

    expect(await rig.contain(actOf({ approvals: alone(), reason: 'spreads' }))).toEqual({ isDone: true });
  });

  it.each<[string, Partial<Order>, Checks, string]>([
    ['nobody on call', { reason: 'spreads' }, responders, ''],
    ['an analyst on call', { reason: 'spreads' }, {}, 'ana'],
    ['no reason', {}, responders, 'ana'],
    ['no code', { reason: 'spreads', approvals: alone({ withCode: false }) }, responders, 'ana'],
    [
      'a policy that does not allow it',
      { reason: 'spreads' },
      { ...responders, rules: withRule({ emergency: false }) },
      'ana',
    ],
  ])('is refused with %s', async (_, order, checks, name) => {
    const rig = await startContainRig({ checks });
    await onCall(rig, name);

    expect(await rig.contain(actOf({ approvals: alone(), ...order }))).toMatchObject({ isDone: false });
    expect(rig.reached).toEqual([]);
  });
});

describe('a freeze', () => {
  it('stops every act that holds, and none that lets go', async () => {
    const rig = await startContainRig();
    await rig.store.marks.set(MARKS.freeze, formatFreeze({ by: 'ria', at: NOW, reason: null, thaw: [] }), NOW);

    expect(await rig.contain(actOf())).toEqual({ isDone: false, why: 'everything is frozen by ria' });
    expect(await rig.release(actOf({ plan: UNBLOCK }))).toEqual({ isDone: true });
    expect(rig.reached).toEqual(['release']);
  });

  it('holds where its record cannot be read, and is over where it says so', async () => {
    const rig = await startContainRig();
    await rig.store.marks.set(MARKS.freeze, '{', NOW);
    expect(await rig.contain(actOf())).toMatchObject({ isDone: false });

    await rig.store.marks.set(MARKS.freeze, formatFreeze(null), NOW);
    expect(await rig.contain(actOf())).toEqual({ isDone: true });
  });
});

describe('the allow list', () => {
  it.each<[string, Observable, Observable]>([
    ['the address itself', addressOf(9), addressOf(9)],
    ['an address of an allowed network', addressOf(9), { kind: 'cidr', value: '203.0.113.0/28' }],
    ['a network around an allowed address', { kind: 'cidr', value: '203.0.113.0/28' }, addressOf(9)],
    [
      'a name below an allowed one',
      { kind: 'domain', value: 'a.shop.example' },
      { kind: 'domain', value: 'shop.example' },
    ],
    [
      'a name above an allowed one',
      { kind: 'domain', value: 'shop.example' },
      { kind: 'domain', value: 'a.shop.example' },
    ],
  ])('keeps %s off every list', async (_, target, allowed) => {
    const rig = await startContainRig();
    const key = `${allowed.kind}:${allowed.value}`;
    const lease = { system: ALLOW_LIST, target: key, leaseId: 'tg-1-9' };
    const until = '2026-03-09T12:00:00.000Z';
    await rig.store.leases.begin({ ...lease, until, by: 'ana', digest: '', place: 0, attempt: 'a', now: NOW });
    const plan = blockPlan(target);
    const approvals = [approvalBy('rob', plan, { withCode: true })];

    expect(await rig.contain({ ...actOf({ plan, approvals }), target })).toEqual({
      isDone: false,
      why: 'it is on the allow list',
    });
  });
});

function longestMs(ms: number): Rules {
  const short = { ...DEFAULT_RULES.block.usual, longestMs: ms };
  return { ...DEFAULT_RULES, block: { usual: short, high: short, critical: short } };
}

async function begin(rig: ContainRig, target: Observable, leaseId: string): Promise<void> {
  const lease = { system: 'wall', target: `${target.kind}:${target.value}`, leaseId };
  const until = '2026-03-01T14:00:00.000Z';
  await rig.store.leases.begin({ ...lease, until, by: 'ana', digest: '', place: 0, attempt: 'a', now: NOW });
}
