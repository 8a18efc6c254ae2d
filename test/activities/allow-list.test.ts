import { describe, expect, it } from 'vitest';
import { allowListProfile, createAllowList } from '#activities/allow-list.ts';
import { ALLOW_LIST, type ContainmentPlan } from '#domain/containment.ts';
import { actDesk, openTestStore } from '#support/act-desk.ts';
import { createFakeResponder } from '#support/fake-responder.ts';
import { actOf, approvalBy, inMs } from '#support/sealed-orders.ts';
import { addressOf, blockPlan } from '#support/soc-requests.ts';

const TARGET = addressOf(9);
const HOUR_MS = 3_600_000;
const steps = [ALLOW_LIST, 'wall'].map((system) => ({ system, target: TARGET }));
const ALLOW = blockPlan(TARGET, { action: 'allow', steps });
const FORBID = blockPlan(TARGET, { action: 'unblock', durationMs: null, steps: steps.slice(0, 1) });

/** Another request of Ana's than the usual one, approved by Rob with a code. */
const request = (requestId: string, plan: ContainmentPlan) =>
  actOf({ plan, requestId, approvals: [approvalBy('rob', plan, { requestId, withCode: true })] }, requestId);

/** The allow list and a wall, as an approved allowance finds them. */
async function buildSystems() {
  const store = await openTestStore();
  const wall = createFakeResponder();
  const profile = { ...wall.profile, ...allowListProfile };
  const list = { ...wall, profile, responder: createAllowList(store.leases) };
  return { list: actDesk(store, list), onWall: actDesk(store, wall), wall, store, responder: list.responder };
}

describe('an allowance', () => {
  it('takes the target off the lists and keeps it off, until its time is up', async () => {
    const { list, onWall, wall } = await buildSystems();
    await onWall.contain(actOf());

    expect(await list.contain(request('tg-1-2', ALLOW))).toEqual({ isDone: true });
    expect(await onWall.release(request('tg-1-2', ALLOW))).toEqual({ isDone: true });

    expect(wall.holds(TARGET)).toBeNull();
    const again = request('tg-1-3', blockPlan(TARGET));
    expect(await onWall.contain(again)).toEqual({ isDone: false, why: 'it is on the allow list' });

    expect(await list.release(request('tg-1-2', ALLOW))).toEqual({ isDone: true });
    expect(await onWall.contain(request('tg-1-4', blockPlan(TARGET)))).toEqual({ isDone: true });
  });

  it('is read back and listed with its end, as every hold is', async () => {
    const { list, responder } = await buildSystems();
    const signal = new AbortController().signal;
    expect(await list.readBack(TARGET)).toBeNull();

    for (let attempt = 0; attempt < 3; attempt += 1) await list.contain(request('tg-1-2', ALLOW));

    const held = { system: ALLOW_LIST, target: TARGET, until: inMs(HOUR_MS), by: 'ana', leaseId: 'tg-1-2' };
    expect(await list.readBack(TARGET)).toEqual(held);
    expect(await responder.list(signal)).toEqual([held]);
  });

  it('ends early by an approved order, and not without one', async () => {
    const { list } = await buildSystems();
    await list.contain(request('tg-1-2', ALLOW));

    const unapproved = { ...request('tg-1-3', FORBID) };
    expect(await list.release({ ...unapproved, order: { ...unapproved.order, approvals: [] } })).toMatchObject({
      isDone: false,
    });
    expect(await list.readBack(TARGET)).not.toBeNull();

    expect(await list.release(request('tg-1-3', FORBID))).toEqual({ isDone: true });
    expect(await list.readBack(TARGET)).toBeNull();
  });

  it('is refused on the wall as a hold, and on the list as a release: its digest says what it is', async () => {
    const { list, onWall, wall } = await buildSystems();

    expect(await onWall.contain(request('tg-1-2', ALLOW))).toMatchObject({
      why: expect.stringContaining('another act'),
    });
    expect(await list.contain(request('tg-1-3', FORBID))).toMatchObject({
      why: expect.stringContaining('another act'),
    });

    expect(wall.calls).toEqual([]);
  });
});
