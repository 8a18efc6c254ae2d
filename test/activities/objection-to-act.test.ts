import { describe, expect, it } from 'vitest';
import { type ActChecks, objectionToAct } from '#activities/objection-to-act.ts';
import type { ContainmentPlan, LeaseAct } from '#domain/containment.ts';
import { formatFreeze } from '#domain/freeze.ts';
import type { Observable } from '#domain/observable.ts';
import { MARKS } from '#store/mark-names.ts';
import type { Store } from '#store/open-store.ts';
import { allow, checksOver, holdFor, LISTED, openTestStore, OURS } from '#support/act-desk.ts';
import { actOf, APPROVED, approvalBy, BLOCK, inMs, NOW, UNBLOCK } from '#support/sealed-orders.ts';
import { addressOf, blockPlan, PEOPLE } from '#support/soc-requests.ts';

type Case = {
  readonly act?: LeaseAct;
  readonly checks?: Partial<ActChecks>;
  /** What happened since it was approved. */
  readonly since?: (store: Store) => Promise<void>;
};

/** Why the wall may not hold off what an order says; null where it may. */
async function objectionTo({ act = actOf(), checks = {}, since }: Case): Promise<string | null> {
  const store = await openTestStore();
  await since?.(store);
  return objectionToAct('contain', act, 'wall', checksOver(store, checks));
}

const HOUR_MS = 3_600_000;
const { digest: DIGEST } = actOf().order;
const ofTarget = (target: Observable, rest: Partial<ContainmentPlan> = {}) => actOf({ plan: blockPlan(target, rest) });
const without = (...names: string[]): Partial<ActChecks> => ({
  people: async () => LISTED.filter(({ name }) => !names.includes(name)),
});
const demoted = (name: string): Partial<ActChecks> => ({
  people: async () => LISTED.map((person) => (person.name === name ? { ...person, role: 'viewer' } : person)),
});
const freezeWith = (text: string) => async (store: Store) => store.marks.set(MARKS.freeze, text, NOW);

it('lets through what was approved', async () => {
  expect(await objectionTo({})).toBeNull();
});

describe('an order that is not what was approved is refused for it alone', () => {
  it.each<[string, Case, string]>([
    ['another target', { act: actOf({ plan: blockPlan(addressOf(10)), digest: DIGEST }) }, 'the digest differs'],
    ['a longer time', { act: actOf({ plan: blockPlan(addressOf(9), { durationMs: 7e6 }), digest: DIGEST }) }, 'digest'],
    ['an empty digest', { act: actOf({ digest: '' }) }, 'the digest differs'],
    ['a target that is no step of it', { act: { ...actOf(), target: addressOf(10) } }, 'another step'],
    [
      'a system that is no step of it',
      { act: ofTarget(addressOf(9), { steps: [{ system: 'moat', target: addressOf(9) }] }) },
      'another step',
    ],
    ['an unblock', { act: actOf({ plan: UNBLOCK }) }, 'another act'],
    ['a lease that is neither its own nor held', { act: actOf({}, 'fresh-lease') }, 'another lease'],
    ['a later end', { act: actOf({ until: inMs(HOUR_MS + 120_001) }) }, 'a later end'],
    ['no end', { act: actOf({ until: null }) }, 'no end'],
    ['an end that no calendar has', { act: actOf({ until: '9999-99-99' }) }, 'no end'],
    ['a plan that holds for ever', { act: ofTarget(addressOf(9), { durationMs: null }) }, 'no end'],
  ])('%s', async (_, one, why) => {
    expect(await objectionTo(one)).toContain(why);
  });

  it('but the clocks of bot and worker may be two minutes apart', async () => {
    expect(await objectionTo({ act: actOf({ until: inMs(HOUR_MS + 120_000) }) })).toBeNull();
  });

  it('and a lease that is held for longer already may go on to its end, and no further', async () => {
    const since = async (store: Store) => holdFor(store, addressOf(9), { until: inMs(9 * HOUR_MS) });

    expect(await objectionTo({ since, act: actOf({ until: inMs(9 * HOUR_MS) }, 'tg-1-0') })).toBeNull();
    expect(await objectionTo({ since, act: actOf({ until: inMs(9 * HOUR_MS + 1) }, 'tg-1-0') })).toContain('later end');
  });
});

describe('an approval whose seal does not fit is refused', () => {
  const sealedFor = (facts: Parameters<typeof approvalBy>[2]) => ({
    act: actOf({ approvals: [approvalBy('rob', BLOCK, facts)] }),
  });
  it.each<[string, Case]>([
    ['no seal of the bot’s', { act: actOf({ approvals: [{ ...APPROVED, seal: '0'.repeat(32) }] }) }],
    ['an empty seal', { act: actOf({ approvals: [{ ...APPROVED, seal: '' }] }) }],
    ['half a seal', { act: actOf({ approvals: [{ ...APPROVED, seal: APPROVED.seal.slice(0, 16) }] }) }],
    ['a key that nobody knows', { checks: { keys: [new Uint8Array(32).fill(8)] } }],
    ['a denial', sealedFor({ verb: 'deny' })],
    ['a second look', sealedFor({ verb: 'review' })],
    ['another request', sealedFor({ requestId: 'tg-1-2' })],
    ['another requester', sealedFor({ requester: 'ria' })],
    ['another account of the requester', sealedFor({ requesterId: 12 })],
    ['another plan', { act: actOf({ approvals: [approvalBy('rob', UNBLOCK)] }) }],
    [
      'a wider choice',
      { act: actOf({ approvals: [approvalBy('rob', blockPlan(addressOf(9), { durationMs: 9e6 }))] }) },
    ],
    ['another person', { act: actOf({ approvals: [{ ...APPROVED, by: PEOPLE.ria }] }) }],
    ['another name', { act: actOf({ approvals: [{ ...APPROVED, by: { ...PEOPLE.rob, name: 'ria' } }] }) }],
    ['another role', { act: actOf({ approvals: [{ ...APPROVED, by: { ...PEOPLE.rob, role: 'admin' } }] }) }],
    ['another time', { act: actOf({ approvals: [{ ...APPROVED, at: inMs(1) }] }) }],
    ['another press', { act: actOf({ approvals: [{ ...APPROVED, pressId: 'cq-2' }] }) }],
    ['a code that nobody gave', { act: actOf({ approvals: [{ ...APPROVED, withCode: true }] }) }],
    ['an order under another requester’s name', { act: actOf({ requester: 'ria' }) }],
    ['an order from another account', { act: actOf({ requesterId: 12 }) }],
    ['one good approval and one forged', { act: actOf({ approvals: [APPROVED, { ...APPROVED, by: PEOPLE.ria }] }) }],
  ])('%s', async (_, one) => {
    expect(await objectionTo(one)).toContain('bears no seal that fits');
  });
});

describe('people', () => {
  it.each<[string, Case, string]>([
    ['nobody approved', { act: actOf({ approvals: [] }) }, 'nobody else has approved it'],
    ['somebody who may only look', { act: actOf({ approvals: [approvalBy('vic', BLOCK)] }) }, 'vic may not approve'],
    ['an approver who lost the role since', { checks: demoted('rob') }, 'rob may not approve this any more'],
    ['an approver who left the list since', { checks: without('rob') }, 'rob may not approve this any more'],
    ['a requester who lost the role since', { checks: demoted('ana') }, 'ana may not ask for this any more'],
    ['a requester who left the list since', { checks: without('ana') }, 'ana may not ask for this any more'],
  ])('%s', async (_, one, why) => {
    expect(await objectionTo(one)).toContain(why);
  });
});

describe('time', () => {
  const at = inMs(-600_000);
  it.each<[string, Case, string]>([
    ['a window that has gone by', { act: actOf({ notAfter: inMs(-1) }) }, 'approved too long ago'],
    [
      'an approval of long ago in a new window',
      { act: actOf({ approvals: [approvalBy('rob', BLOCK, { at: inMs(-600_001) })], notAfter: inMs(9e9) }) },
      'approved too long ago',
    ],
    ['an end that has gone by', { act: actOf({ until: NOW }) }, 'its time was up before it could begin'],
  ])('%s', async (_, one, why) => {
    expect(await objectionTo(one)).toContain(why);
  });

  it('is enough up to the last moment of the window', async () => {
    const approvals = [approvalBy('rob', BLOCK, { at })];

    expect(await objectionTo({ act: actOf({ approvals, notAfter: NOW, until: inMs(HOUR_MS - 600_000) }) })).toBeNull();
  });
});

describe('what may not be held off now', () => {
  it.each<[string, Case, string]>([
    ['what the guard says is never contained', { act: ofTarget(OURS) }, 'our own network'],
    [
      'what is marked not to be acted on',
      { act: ofTarget(addressOf(9), { markings: { tlp: 'AMBER', pap: 'AMBER' } }) },
      'PAP:AMBER forbids it',
    ],
    [
      'anything while everything is frozen',
      { since: freezeWith(formatFreeze({ by: 'ria', at: NOW, reason: null, thaw: [] })) },
      'everything is frozen by ria',
    ],
    ['anything while nobody can tell whether it is frozen', { since: freezeWith('{"by":') }, 'everything is frozen by'],
    ['what is on the allow list', { since: async (store) => allow(store, addressOf(9)) }, 'allow list'],
    [
      'what lies in an allowed network',
      { since: async (store) => allow(store, { kind: 'cidr', value: '203.0.113.0/28' }) },
      'allow list',
    ],
    [
      'a URL of an allowed name',
      {
        act: ofTarget({ kind: 'url', value: 'http://cdn.shop.example/x' }),
        since: async (store) => allow(store, { kind: 'domain', value: 'shop.example' }),
      },
      'allow list',
    ],
    [
      'a name above an allowed one',
      {
        act: ofTarget({ kind: 'domain', value: 'shop.example' }),
        since: async (store) => allow(store, { kind: 'domain', value: 'cdn.shop.example' }),
      },
      'allow list',
    ],
  ])('%s', async (_, one, why) => {
    expect(await objectionTo(one)).toContain(why);
  });

  it('is free again when the freeze has ended, and beside what is allowed', async () => {
    const since = async (store: Store) => {
      await freezeWith(formatFreeze(null))(store);
      await allow(store, addressOf(10));
      await allow(store, { kind: 'cidr', value: '203.0.113.32/28' });
    };

    expect(await objectionTo({ since })).toBeNull();
  });
});
