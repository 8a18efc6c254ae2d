import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { leaseIdOf } from '#domain/ids.ts';
import type { Observable } from '#domain/observable.ts';
import { startApproved, startContainment, stateOf, untilOf } from '#support/containment-flow.ts';
import { faultOf } from '#support/fake-messenger.ts';
import { addressOf, askOf, blockPlan, PEOPLE } from '#support/soc-requests.ts';
import { startRigOn, type WorkflowRig } from '#support/workflow-rig.ts';

const [ANA, ROB] = [PEOPLE.ana.telegramId, PEOPLE.rob.telegramId];
const MINUTE_MS = 60_000;

let rig: WorkflowRig;

beforeAll(async () => {
  rig = await startRigOn(inject('temporalAddress'), inject('workflowBundle'));
});
afterAll(async () => rig.close());

/** Resolves when the lease of a target on the wall has ended, however it came to that. */
async function leaseEnded(target: Observable): Promise<void> {
  await rig.client.workflow.getHandle(leaseIdOf('wall', target)).result();
}

function unblockPlan(target: Observable) {
  return blockPlan(target, { action: 'unblock', durationMs: null });
}

describe.concurrent('a lease', () => {
  it('acts once, and lifts the block by itself when its time is up, on every card', async () => {
    const target = addressOf(51);

    const { state, cardOf, handle } = await startApproved(rig, blockPlan(target, { durationMs: 5_000 }));
    await leaseEnded(target);

    expect(state.phase).toBe('done');
    expect(rig.wall.askedTo(target)).toEqual(['contain', 'release']);
    expect(rig.wall.holds(target)).toBeNull();
    const lifted = await cardOf(({ phase }, { to }) => phase === 'lifted' && to === ROB);
    expect(stateOf(lifted).lifted).toEqual({ at: expect.any(String), order: null });
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
    await leaseEnded(target);

    expect(unblock.state).toMatchObject({ phase: 'done', outcomes: [{ outcome: { outcome: 'done', until: null } }] });
    expect(unblock.state.outcomes[0]?.outcome).not.toHaveProperty('wasFree');
    expect(rig.wall.holds(target)).toBeNull();
    const lifted = await block.cardOf(({ phase }) => phase === 'lifted');
    expect(stateOf(lifted).lifted).toMatchObject({ order: { requester: 'ria', approvers: 'rob' } });
    const told = await block.cardOf(({ phase }, { edit }) => phase === 'lifted' && edit === undefined);
    expect(told).toMatchObject({ to: ANA, card: { reader: 'notice' } });
  });

  it('lets go of what it never held, when it is ordered to, and says that it was free', async () => {
    const target = addressOf(55);

    const { state } = await startApproved(rig, unblockPlan(target));
    await leaseEnded(target);

    expect(state).toMatchObject({ phase: 'done', outcomes: [{ outcome: { outcome: 'done', wasFree: true } }] });
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

describe.concurrent('a lease whose act goes wrong', () => {
  it('undoes what may have happened when the system fails after it has acted', async () => {
    const target = addressOf(71);
    rig.wall.fail('contain', target, (act) => {
      act();
      throw faultOf('wall.malformed_response', 'half an answer');
    });

    const { state } = await startApproved(rig, blockPlan(target));
    await leaseEnded(target);

    expect(state).toMatchObject({
      phase: 'not_done',
      outcomes: [{ outcome: { outcome: 'failed', why: 'half an answer' } }],
    });
    expect(rig.wall.askedTo(target)).toEqual(['contain', 'release']);
    expect(rig.wall.holds(target)).toBeNull();
  });

  it('tells of a system that says yes and does not do it, and takes it back', async () => {
    const target = addressOf(72);
    rig.wall.denyHolding(target);

    const { state } = await startApproved(rig, blockPlan(target));
    await leaseEnded(target);

    expect(state).toMatchObject({
      phase: 'not_done',
      outcomes: [{ outcome: { outcome: 'drifted', why: 'the system does not list it' } }],
    });
    expect(rig.wall.askedTo(target)).toEqual(['contain', 'release']);
  });

  it('tells of a system that holds it to another end', async () => {
    const target = addressOf(73);
    rig.wall.fail('contain', target, (act, { order }) => {
      Object.assign(order, { until: '2026-03-01T12:00:00.000Z' });
      return act();
    });

    const { state } = await startApproved(rig, blockPlan(target));

    expect(state.outcomes).toMatchObject([{ outcome: { outcome: 'drifted', why: 'the system lists another end' } }]);
  });

  it('passes on why a system refuses, and undoes nothing', async () => {
    const target = addressOf(74);
    rig.wall.fail('contain', target, () => ({ isDone: false, why: 'it lies in our own network' }));

    const { state } = await startApproved(rig, blockPlan(target));
    await leaseEnded(target);

    expect(state.outcomes).toEqual([
      { system: 'wall', outcome: { outcome: 'refused', why: 'it lies in our own network' } },
    ]);
    expect(rig.wall.askedTo(target)).toEqual(['contain']);
  });

  it('repeats an act that could not be carried out, and counts it once', async () => {
    const target = addressOf(75);
    let tries = 0;
    rig.wall.fail('contain', target, (act) => {
      tries += 1;
      if (tries === 1) throw new Error('the wall is away for a moment');
      return act();
    });

    const { state } = await startApproved(rig, blockPlan(target));

    expect(state.phase).toBe('done');
    expect(rig.wall.askedTo(target)).toEqual(['contain', 'contain']);
  });

  it('keeps what it held when an extension fails', async () => {
    const target = addressOf(76);
    const first = await startApproved(rig, blockPlan(target, { durationMs: 10 * MINUTE_MS }));
    rig.wall.fail('contain', target, () => {
      throw faultOf('wall.refused', 'not today');
    });

    const second = await startApproved(rig, blockPlan(target, { durationMs: 20 * MINUTE_MS }));

    expect(second.state).toMatchObject({ phase: 'not_done', outcomes: [{ outcome: { outcome: 'failed' } }] });
    expect(rig.wall.holds(target)).toMatchObject({ until: untilOf(first.state), leaseId: first.requestId });
    expect(rig.wall.askedTo(target)).not.toContain('release');
  });

  it('is too late after the window of the order, and carries nothing out when the system is back', async () => {
    const target = addressOf(78);
    rig.wall.fail('contain', target, (_, { order }) => {
      if (new Date().toISOString() > order.notAfter) return { isDone: false, why: 'approved too long ago' };
      throw new Error('the wall is away');
    });

    const { state } = await startApproved(rig, blockPlan(target), { executionWindowMs: 2_000 });
    await leaseEnded(target);

    expect(state).toMatchObject({ phase: 'not_done', outcomes: [{ outcome: { outcome: 'too_late' } }] });
    expect(rig.wall.holds(target)).toBeNull();
  });

  it('waits for an act that began in time, and tells what came of it', async () => {
    const target = addressOf(79);
    rig.wall.fail('contain', target, async (act, { order }) => {
      await delay(Date.parse(order.notAfter) - Date.now() + 500);
      return act();
    });

    const { state } = await startApproved(rig, blockPlan(target), { executionWindowMs: 2_500 });

    expect(state).toMatchObject({ phase: 'done', outcomes: [{ outcome: { outcome: 'done' } }] });
    expect(rig.wall.holds(target)).not.toBeNull();
  });

  it('takes back what a first try has done without an answer, when the second one comes too late', async () => {
    const target = addressOf(80);
    let tries = 0;
    rig.wall.fail('contain', target, (act) => {
      tries += 1;
      if (tries > 1) return { isDone: false, why: 'approved too long ago' };
      act();
      throw new Error('the worker died');
    });

    const { state } = await startApproved(rig, blockPlan(target), { executionWindowMs: 500 });
    await leaseEnded(target);

    expect(state).toMatchObject({ phase: 'not_done', outcomes: [{ outcome: { outcome: 'too_late' } }] });
    expect(rig.wall.askedTo(target)).toEqual(['contain', 'contain', 'release']);
    expect(rig.wall.holds(target)).toBeNull();
  });

  it('does not say that it has let go while the system still holds the target', async () => {
    const target = addressOf(77);
    const block = await startApproved(rig, blockPlan(target));
    rig.wall.fail('release', target, () => ({ isDone: true }));

    const { state } = await startApproved(rig, unblockPlan(target));

    expect(state.outcomes).toMatchObject([{ outcome: { outcome: 'drifted', why: 'the system still lists it' } }]);
    expect(block.phasesIn(ANA)).not.toContain('lifted');
  });
});

describe.concurrent('a request whose lease outlives it', () => {
  it('gives the lease nothing to do once it has been denied', async () => {
    const target = addressOf(81);
    const flow = await startContainment(rig, blockPlan(target));
    await flow.press('rob', 'deny');
    await flow.ended;

    await expect(leaseEnded(target)).rejects.toThrow(/not found/);
  });
});
