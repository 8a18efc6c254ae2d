import { describe, expect, it } from 'vitest';
import { ALLOW_LIST, type Order } from '#domain/containment.ts';
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
    const unread = await startContainRig();
    await unread.store.marks.set(MARKS.freeze, '{', NOW);
    const thawed = await startContainRig();
    await thawed.store.marks.set(MARKS.freeze, formatFreeze(null), NOW);

    expect(await unread.contain(actOf())).toMatchObject({ isDone: false });
    expect(await thawed.contain(actOf())).toEqual({ isDone: true });
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
