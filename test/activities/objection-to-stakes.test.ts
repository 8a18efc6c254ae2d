import { describe, expect, it } from 'vitest';
import { type ActChecks, objectionToAct } from '#activities/objection-to-act.ts';
import type { ContainmentPlan, LeaseAct, Order } from '#domain/containment.ts';
import { DEFAULT_RULES, type Rule, type Rules } from '#domain/policy.ts';
import type { Approval } from '#domain/press.ts';
import { MARKS } from '#store/mark-names.ts';
import type { Store } from '#store/open-store.ts';
import { checksOver, GRAVE, holdFor, LISTED, openTestStore } from '#support/act-desk.ts';
import { actOf, approvalBy, BLOCK, inMs, NOW } from '#support/sealed-orders.ts';
import { addressOf, blockPlan, PEOPLE } from '#support/soc-requests.ts';

const HOUR_MS = 3_600_000;

async function objectionTo(act: LeaseAct, change: Partial<ActChecks> = {}, since?: (store: Store) => Promise<void>) {
  const store = await openTestStore();
  await store.marks.set(MARKS.onCall, 'ana', NOW);
  await since?.(store);
  return objectionToAct('contain', act, 'wall', checksOver(store, change));
}

/** With a code, unless it is said otherwise; `cq-<who>` unless another press is meant. */
const by = (who: keyof typeof PEOPLE, plan: ContainmentPlan, facts: Parameters<typeof approvalBy>[2] = {}): Approval =>
  approvalBy(who, plan, { withCode: true, pressId: `cq-${who}`, ...facts });

describe('where two people are needed', () => {
  const plan = blockPlan(GRAVE);
  const graveOf = (rest: Partial<Order> = {}, some = plan) =>
    actOf({ plan: some, reason: 'calls home', approvals: [by('rob', some), by('ria', some)], ...rest });

  it('two with their codes and a reason are enough', async () => {
    expect(await objectionTo(graveOf())).toBeNull();
  });

  const long = blockPlan(GRAVE, { durationMs: 4 * HOUR_MS + 1 });
  const otherAccount = { ...PEOPLE.rob, telegramId: 23 };
  it.each<[string, LeaseAct, string]>([
    ['one', graveOf({ approvals: [by('rob', plan)] }), 'more is at stake than when it was asked'],
    [
      'one person twice',
      graveOf({ approvals: [by('rob', plan), by('rob', plan, { pressId: 'cq-2' })] }),
      'more is at stake than when it was asked',
    ],
    [
      'one person with two accounts',
      graveOf({ approvals: [by('rob', plan), by('rob', plan, { pressId: 'cq-2', by: otherAccount })] }),
      'more is at stake than when it was asked',
    ],
    [
      'one person under two names',
      graveOf({
        approvals: [by('rob', plan), by('rob', plan, { pressId: 'cq-2', by: { ...otherAccount, name: 'robert' } })],
      }),
      'more is at stake than when it was asked',
    ],
    [
      'one of them without a code',
      graveOf({ approvals: [by('rob', plan), by('ria', plan, { withCode: false })] }),
      'ria approved without a code',
    ],
    ['no reason', graveOf({ reason: null }), 'this block needs a reason'],
    ['a longer time than their rule allows', graveOf({}, long), 'longer than the policy allows'],
    [
      'approvals further apart than an approval lives',
      graveOf({ approvals: [by('rob', plan, { at: inMs(-1_920_001) }), by('ria', plan)] }),
      'approved too long ago',
    ],
    [
      'one of them the requester',
      graveOf({ approvals: [by('rob', plan), by('ana', plan, { by: { ...PEOPLE.ana, role: 'responder' } })] }),
      'nobody else has approved it',
    ],
  ])('%s is not enough', async (_, act, why) => {
    expect(await objectionTo(act)).toContain(why);
  });

  it('approvals may be as far apart as an approval lives', async () => {
    const approvals = [by('rob', plan, { at: inMs(-1_920_000) }), by('ria', plan)];

    expect(await objectionTo(graveOf({ approvals }))).toBeNull();
  });
});

describe('more is at stake now than when it was asked', () => {
  const tenHolds = async (store: Store) => {
    for (let at = 0; at < 10; at += 1) await holdFor(store, addressOf(100 + at), { leaseId: `tg-2-${at}`, by: 'ana' });
  };
  const oneOf = (rest: Partial<Order> = {}) => actOf({ reason: 'calls home', approvals: [by('rob', BLOCK)], ...rest });

  it('so one approval is no longer enough', async () => {
    expect(await objectionTo(oneOf())).toBeNull();
    expect(await objectionTo(oneOf(), {}, tenHolds)).toContain('more is at stake than when it was asked');
  });

  it('and whatever this request itself has begun does not count', async () => {
    const ownHolds = async (store: Store) => {
      for (let at = 0; at < 10; at += 1) await holdFor(store, addressOf(100 + at), { leaseId: 'tg-1-1', by: 'ana' });
    };

    expect(await objectionTo(oneOf(), {}, ownHolds)).toBeNull();
  });

  it('so a code is needed that nobody gave', async () => {
    const plan = blockPlan(addressOf(9), { durationMs: 25 * HOUR_MS });

    expect(await objectionTo(actOf({ plan }))).toContain('rob approved without a code');
    expect(await objectionTo(actOf({ plan, approvals: [by('rob', plan)] }))).toBeNull();
  });

  it('and no rule lets it last longer than its longest time', async () => {
    const plan = blockPlan(addressOf(9), { durationMs: 31 * 24 * HOUR_MS });

    expect(await objectionTo(actOf({ plan, approvals: [by('rob', plan)] }))).toBe(
      'this is longer than the policy allows',
    );
  });
});

describe('an approval by the requester', () => {
  const asResponder: Partial<ActChecks> = {
    people: async () => LISTED.map((person) => (person.name === 'ana' ? { ...person, role: 'responder' } : person)),
  };
  const rulesWith = (change: Partial<Rule>): Rules => ({
    ...DEFAULT_RULES,
    block: { ...DEFAULT_RULES.block, usual: { ...DEFAULT_RULES.block.usual, ...change } },
  });
  const own = { ...PEOPLE.ana, role: 'responder' } as const;
  const alone = (rest: Partial<Order> = {}, facts: Parameters<typeof approvalBy>[2] = {}) =>
    actOf({ reason: 'it spreads', approvals: [by('ana', BLOCK, { by: own, verb: 'emergency', ...facts })], ...rest });

  it('counts in an emergency, with a code and a reason, where the policy allows it', async () => {
    expect(await objectionTo(alone(), asResponder)).toBeNull();
  });

  it.each<[string, LeaseAct, Partial<ActChecks>, string]>([
    ['where the policy knows no emergency', alone(), { rules: rulesWith({ emergency: false }) }, 'nobody else'],
    ['without a reason', alone({ reason: null }), {}, 'an emergency needs a reason'],
    ['without a code', alone({}, { withCode: false }), {}, 'an emergency needs a code'],
    ['from another account', alone({}, { by: { ...own, telegramId: 12 }, withCode: false }), {}, 'an emergency needs'],
    [
      'from another account, where the policy knows no emergency',
      alone({}, { by: { ...own, telegramId: 12, name: 'ana silva' } }),
      { rules: rulesWith({ emergency: false }) },
      'nobody else has approved it',
    ],
    [
      'together with somebody else',
      alone({ approvals: [by('ana', BLOCK, { by: own }), by('rob', BLOCK)] }),
      {},
      'nobody else has approved it',
    ],
    [
      'where two people are needed',
      actOf({
        plan: blockPlan(GRAVE),
        reason: 'it spreads',
        approvals: [by('ana', blockPlan(GRAVE), { by: own, verb: 'emergency' })],
      }),
      {},
      'nobody else has approved it',
    ],
  ])('does not count %s', async (_, act, checks, why) => {
    expect(await objectionTo(act, { ...asResponder, ...checks })).toContain(why);
  });

  it.each(['', 'ria'])('does not count while the one on call is: %s', async (name) => {
    const since = async ({ marks }: Store) => marks.set(MARKS.onCall, name, NOW);

    expect(await objectionTo(alone(), asResponder, since)).toBe('nobody else has approved it');
  });

  it('does not count when they may not approve at all', async () => {
    expect(await objectionTo(alone())).toContain('nobody else has approved it');
  });
});
