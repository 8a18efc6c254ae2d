import { describe, expect, it } from 'vitest';
import { MARKS } from '#store/mark-names.ts';
import { actDesk, holdFor } from '#support/act-desk.ts';
import { buildWall, neverCame } from '#support/act-wall.ts';
import { actOf, approvalBy, BLOCK, inMs, NOW, UNBLOCK } from '#support/sealed-orders.ts';
import { addressOf, blockPlan } from '#support/soc-requests.ts';

const TARGET = addressOf(9);

describe('letting go', () => {
  it('is owed: neither digest, seal, people, time, guard nor freeze stand against the end of a hold', async () => {
    const { contain, wall, store } = await buildWall();
    await contain(actOf());
    await store.marks.set(MARKS.freeze, '{', NOW);
    const later = actDesk(store, wall, {
      people: async () => [],
      keys: [],
      now: () => '2027-01-01T00:00:00.000Z',
      judge: () => [{ tier: 'never', why: 'It is ours.' }],
    });

    expect(await later.release(actOf({ digest: 'of an older version' }))).toEqual({ isDone: true });

    expect(wall.holds(TARGET)).toBeNull();
  });

  it('leaves what another lease holds', async () => {
    const { release, wall, store } = await buildWall();
    await holdFor(store, TARGET);
    wall.putByHand(TARGET, { leaseId: 'tg-1-0' });

    expect(await release(actOf())).toEqual({ isDone: true });

    expect(wall.holds(TARGET)).toMatchObject({ leaseId: 'tg-1-0' });
    expect(await store.leases.list()).toMatchObject([{ leaseId: 'tg-1-0' }]);
  });

  it('by order takes away whatever holds the target, also what somebody put there by hand', async () => {
    const { contain, release, wall, store } = await buildWall();
    wall.putByHand(TARGET);
    await contain(actOf());

    expect(await release(actOf({ plan: UNBLOCK, requestId: 'tg-1-1' }))).toEqual({ isDone: true });

    expect(wall.holds(TARGET)).toBeNull();
    expect(await store.leases.list()).toEqual([]);
  });

  it('by order takes an entry from a plain list that SocBot did not put there', async () => {
    const { release, wall } = await buildWall({ isPlainList: true });
    wall.putByHand(TARGET);

    expect(await release(actOf({ plan: UNBLOCK }))).toEqual({ isDone: true });

    expect(wall.holds(TARGET)).toBeNull();
  });

  it('by order is allowed for what may not be blocked, and while everything is frozen', async () => {
    const { release, store } = await buildWall();
    await store.marks.set(MARKS.freeze, '{', NOW);
    const markings = { tlp: 'RED', pap: 'RED' } as const;

    const plan = blockPlan(addressOf(65), { action: 'unblock', durationMs: null, markings });

    expect(await release(actOf({ plan, approvals: [approvalBy('rob', plan, { withCode: true })] }))).toEqual({
      isDone: true,
    });
  });

  it.each([
    ['without anybody’s approval', { approvals: [] }, 'nobody else has approved it'],
    ['without a code', { approvals: [approvalBy('rob', UNBLOCK, { withCode: false })] }, 'rob approved without a code'],
    ['with a seal of something else', { approvals: [approvalBy('rob', BLOCK)] }, 'bears no seal'],
    ['when its window has gone by', { notAfter: inMs(-1) }, 'approved too long ago'],
    ['under another digest', { digest: 'beef beef' }, 'the digest differs'],
  ])('by order does not reach the system %s', async (_, rest, why) => {
    const { release, wall } = await buildWall();

    const order = { plan: UNBLOCK, approvals: [approvalBy('rob', UNBLOCK)], ...rest };
    expect(await release(actOf(order))).toEqual({ isDone: false, why: expect.stringContaining(why) });

    expect(wall.calls).toEqual([]);
  });

  it('that fails can be tried again, and the lease does not come back meanwhile', async () => {
    const { contain, release, wall, records } = await buildWall();
    await contain(actOf());
    wall.fail('release', neverCame);
    await expect(release(actOf())).rejects.toMatchObject({ type: 'wall.unreachable' });
    expect(await contain(actOf())).toMatchObject({ isDone: false });
    wall.heal('release');

    expect(await release(actOf())).toEqual({ isDone: true });

    expect(wall.holds(TARGET)).toBeNull();
    expect((await records()).map(({ action, outcome }) => [action, outcome])).toEqual([
      ['wall.contain', 'done'],
      ['wall.release', 'no answer'],
      ['wall.contain', 'refused'],
      ['wall.release', 'done'],
    ]);
  });

  it('from a plain list that fails is tried again too', async () => {
    const { contain, release, wall } = await buildWall({ isPlainList: true });
    await contain(actOf());
    wall.fail('release', neverCame);
    await expect(release(actOf())).rejects.toThrow('connection refused');
    wall.heal('release');

    await release(actOf());

    expect(wall.holds(TARGET)).toBeNull();
  });
});
