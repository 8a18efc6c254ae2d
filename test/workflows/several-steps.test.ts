import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startApproved, startContainment, stateOf } from '#support/containment-flow.ts';
import { leaseEnded, outcomesOf, planOn } from '#support/lease-flow.ts';
import { addressOf, blockPlan } from '#support/soc-requests.ts';
import { startRigOn, type WorkflowRig } from '#support/workflow-rig.ts';

const BOTH = ['wall', 'moat'];

let rig: WorkflowRig;

beforeAll(async () => {
  rig = await startRigOn(inject('temporalAddress'), inject('workflowBundle'));
});
afterAll(async () => rig.close());

describe.concurrent('several targets and systems in one request', () => {
  it('are one decision: one card each, one digest, and every step of it runs', async () => {
    const plan = planOn(BOTH, [1, 2, 3]);

    const { state, requestId } = await startApproved(rig, plan);

    const digests = new Set(rig.telegram.of(requestId).map((shown) => stateOf(shown).digest));
    const leases = [rig.wall, rig.moat].flatMap((wall) => [1, 2, 3].flatMap((last) => wall.actsOn(addressOf(last))));
    expect(digests.size).toBe(1);
    expect(state.phase).toBe('done');
    expect(Object.values(outcomesOf(state))).toEqual(Array.from({ length: 6 }, () => 'done'));
    expect(leases.map(({ lease }) => lease.order.digest)).toEqual(Array.from({ length: 6 }, () => [...digests][0]));
  });

  it('tell what came of each: one that is refused neither stops the others nor is passed over', async () => {
    rig.moat.fail('contain', addressOf(12), () => ({ isDone: false, why: 'the moat is full' }));

    const { state } = await startApproved(rig, planOn(BOTH, [11, 12]));

    expect(state.phase).toBe('not_done');
    expect(outcomesOf(state)).toEqual({
      'wall 203.0.113.11': 'done',
      'moat 203.0.113.11': 'done',
      'wall 203.0.113.12': 'done',
      'moat 203.0.113.12': 'refused',
    });
    expect(rig.wall.holds(addressOf(12))).not.toBeNull();
  });

  it('are lifted when the last of them is', async () => {
    const flow = await startApproved(rig, planOn(BOTH, [21, 22]));

    await startApproved(rig, { ...planOn(BOTH, [21]), action: 'unblock', durationMs: null });
    const partly = await flow.sees('rob', ({ steps }) => steps.filter(({ lifted }) => lifted).length === 2);
    await startApproved(rig, { ...planOn(BOTH, [22]), action: 'unblock', durationMs: null });
    const state = await flow.ended;

    expect(stateOf(partly).phase).toBe('done');
    expect(state.phase).toBe('lifted');
    expect(state.steps.every(({ lifted }) => lifted?.order?.requester === 'ana')).toBe(true);
  });

  it('of a denied request leave no lease behind', async () => {
    const flow = await startContainment(rig, planOn(BOTH, [31, 32]));
    await flow.deny('rob');
    await flow.ended;

    await expect(leaseEnded(rig, addressOf(31), 'moat')).rejects.toThrow(/not found/);
  });
});

describe.concurrent('two requests for one target', () => {
  it('never act on it at the same moment', async () => {
    const target = addressOf(41);
    rig.wall.fail('contain', target, async (act) => {
      // Gives another act every chance to get in between.
      for (let turns = 0; turns < 20; turns += 1) await new Promise((resolve) => setImmediate(resolve));
      return act();
    });
    const flows = await Promise.all([1, 2, 3, 4].map(async () => startContainment(rig, blockPlan(target))));

    await Promise.all(flows.map(async (flow) => flow.approve('rob')));
    const states = await Promise.all(flows.map(async (flow) => flow.told()));

    expect(states.map(({ phase }) => phase)).toEqual(['done', 'done', 'done', 'done']);
    expect(rig.wall.askedTo(target)).toHaveLength(4);
    expect(rig.wall.mostAtOnce(target)).toBe(1);
    expect(new Set(rig.wall.actsOn(target).map(({ lease }) => lease.leaseId)).size).toBe(1);
  });

  it('that want opposite things come one after the other, and the cards tell the truth', async () => {
    const target = addressOf(42);
    const block = await startContainment(rig, blockPlan(target));
    const unblock = await startContainment(rig, blockPlan(target, { action: 'unblock', durationMs: null }));

    await Promise.all([block.approve('rob'), unblock.approve('ria')]);
    const [blocked, freed] = await Promise.all([block.told(), unblock.told()]);

    expect(rig.wall.mostAtOnce(target)).toBe(1);
    expect([blocked.steps[0]?.outcome, freed.steps[0]?.outcome]).toMatchObject([
      { outcome: 'done' },
      { outcome: 'done' },
    ]);
    const isLast = rig.wall.askedTo(target).at(-1) === 'contain';
    expect(rig.wall.holds(target) !== null).toBe(isLast);
    if (!isLast) expect((await block.ended).phase).toBe('lifted');
  });
});
