import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startApproved, stateOf, untilOf } from '#support/containment-flow.ts';
import { leaseEnded, unblockPlan } from '#support/lease-flow.ts';
import { addressOf, askOf, blockPlan, PEOPLE } from '#support/soc-requests.ts';
import { startRigOn, type WorkflowRig } from '#support/workflow-rig.ts';

const [ANA, ROB] = [PEOPLE.ana.telegramId, PEOPLE.rob.telegramId];
const MINUTE_MS = 60_000;

let rig: WorkflowRig;

beforeAll(async () => {
  rig = await startRigOn(inject('temporalAddress'), inject('workflowBundle'));
});
afterAll(async () => rig.close());

describe.concurrent('a lease', () => {
  it('acts once, and lifts the block by itself when its time is up, on every card', async () => {
    const target = addressOf(51);

    const { state, cardOf, handle } = await startApproved(rig, blockPlan(target, { durationMs: 5_000 }));
    await leaseEnded(rig, target);

    expect(state.phase).toBe('done');
    expect(rig.wall.askedTo(target)).toEqual(['contain', 'release']);
    expect(rig.wall.holds(target)).toBeNull();
    const lifted = await cardOf(({ phase }, { to }) => phase === 'lifted' && to === ROB);
    expect(stateOf(lifted).steps[0]?.lifted).toEqual({ at: expect.any(String), order: null });
    await handle.result();
    expect((await cardOf(({ phase }, { to }) => phase === 'lifted' && to === ANA)).edit).toBeDefined();
    expect((await handle.describe()).status.name).toBe('COMPLETED');
  });

  it('begins anew where the list of what it held was lost', async () => {
    const target = addressOf(57);
    await startApproved(rig, blockPlan(target));
    rig.wall.lose(target);

    const again = await startApproved(rig, blockPlan(target, { durationMs: MINUTE_MS }));

    expect(again.state.phase).toBe('done');
    expect(rig.wall.holds(target)).toMatchObject({ until: untilOf(again.state), leaseId: again.requestId });
  });

  it('is lifted by an approved order, and tells the cards of the block by whom', async () => {
    const target = addressOf(54);
    const block = await startApproved(rig, blockPlan(target));

    const ask = { ...askOf(), by: PEOPLE.ria };
    const unblock = await startApproved(rig, unblockPlan(target), { ask });
    await leaseEnded(rig, target);

    expect(unblock.state).toMatchObject({ phase: 'done', steps: [{ outcome: { outcome: 'done', until: null } }] });
    expect(unblock.state.steps[0]?.outcome).not.toHaveProperty('wasFree');
    expect(rig.wall.holds(target)).toBeNull();
    const lifted = await block.cardOf(({ phase }) => phase === 'lifted');
    expect(stateOf(lifted).steps[0]?.lifted).toMatchObject({ order: { requester: 'ria', approvers: 'rob' } });
    const told = await block.cardOf(({ phase }, { edit }) => phase === 'lifted' && edit === undefined);
    expect(told).toMatchObject({ to: ANA, card: { reader: 'notice' } });
  });

  it('lets go of what it never held, when it is ordered to, and says that it was free', async () => {
    const target = addressOf(55);

    const { state } = await startApproved(rig, unblockPlan(target));
    await leaseEnded(rig, target);

    expect(state).toMatchObject({ phase: 'done', steps: [{ outcome: { outcome: 'done', wasFree: true } }] });
    expect(rig.wall.askedTo(target)).toEqual(['release']);
  });

  it('is one for all who ask at the same moment', async () => {
    const races = [61, 62, 63].map(async (last) => {
      const target = addressOf(last);

      const all = await Promise.all([1, 2, 3].map(async () => startApproved(rig, blockPlan(target))));

      expect(all.map(({ state }) => state.phase)).toEqual(['done', 'done', 'done']);
      const leases = new Set(rig.wall.actsOn(target).map(({ lease }) => lease.leaseId));
      expect(leases.size).toBe(1);
      expect(rig.wall.holds(target)?.until).toBe(
        all
          .map(({ state }) => untilOf(state))
          .toSorted()
          .at(-1),
      );
    });

    await Promise.all(races);
  });

  it('begins anew after it was lifted', async () => {
    const target = addressOf(56);
    await startApproved(rig, blockPlan(target));
    await startApproved(rig, unblockPlan(target));

    const again = await startApproved(rig, blockPlan(target));

    expect(again.state.phase).toBe('done');
    expect(rig.wall.holds(target)?.leaseId).toBe(again.requestId);
  });
});
