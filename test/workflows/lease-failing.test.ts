import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startApproved, untilOf } from '#support/containment-flow.ts';
import { faultOf } from '#support/fake-messenger.ts';
import { leaseEnded, unblockPlan } from '#support/lease-flow.ts';
import { addressOf, blockPlan, PEOPLE, stakesWith } from '#support/soc-requests.ts';
import { startRigOn, type WorkflowRig } from '#support/workflow-rig.ts';

const ANA = PEOPLE.ana.telegramId;
const MINUTE_MS = 60_000;

let rig: WorkflowRig;

beforeAll(async () => {
  rig = await startRigOn(inject('temporalAddress'), inject('workflowBundle'));
});
afterAll(async () => rig.close());

describe.concurrent('a lease whose act goes wrong', () => {
  it('undoes what may have happened when the system fails after it has acted', async () => {
    const target = addressOf(71);
    rig.wall.fail('contain', target, (act) => {
      act();
      throw faultOf('wall.malformed_response', 'half an answer');
    });

    const { state } = await startApproved(rig, blockPlan(target));
    await leaseEnded(rig, target);

    expect(state).toMatchObject({
      phase: 'not_done',
      steps: [{ outcome: { outcome: 'failed', why: 'half an answer' } }],
    });
    expect(rig.wall.askedTo(target)).toEqual(['contain', 'release']);
    expect(rig.wall.holds(target)).toBeNull();
  });

  it('tells of a system that says yes and does not do it, and takes it back', async () => {
    const target = addressOf(72);
    rig.wall.denyHolding(target);

    const { state } = await startApproved(rig, blockPlan(target));
    await leaseEnded(rig, target);

    expect(state).toMatchObject({
      phase: 'not_done',
      steps: [{ outcome: { outcome: 'drifted', why: 'the system does not list it' } }],
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

    expect(state.steps).toMatchObject([{ outcome: { outcome: 'drifted', why: 'the system lists another end' } }]);
  });

  it('passes on why a system refuses, and undoes nothing', async () => {
    const target = addressOf(74);
    rig.wall.fail('contain', target, () => ({ isDone: false, why: 'it lies in our own network' }));

    const { state } = await startApproved(rig, blockPlan(target));
    await leaseEnded(rig, target);

    expect(state.steps).toEqual([
      { system: 'wall', target, outcome: { outcome: 'refused', why: 'it lies in our own network' } },
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

    expect(second.state).toMatchObject({ phase: 'not_done', steps: [{ outcome: { outcome: 'failed' } }] });
    expect(rig.wall.holds(target)).toMatchObject({ until: untilOf(first.state), leaseId: first.requestId });
    expect(rig.wall.askedTo(target)).not.toContain('release');
  });

  it('is too late after the window of the order, and carries nothing out when the system is back', async () => {
    const target = addressOf(78);
    rig.wall.fail('contain', target, (_, { order }) => {
      if (new Date().toISOString() > order.notAfter) return { isDone: false, why: 'approved too long ago' };
      throw new Error('the wall is away');
    });

    const { state } = await startApproved(rig, blockPlan(target), { stakes: stakesWith({ windowMs: 2_000 }) });
    await leaseEnded(rig, target);

    expect(state).toMatchObject({ phase: 'not_done', steps: [{ outcome: { outcome: 'too_late' } }] });
    expect(rig.wall.holds(target)).toBeNull();
  });

  it('waits for an act that began in time, and tells what came of it', async () => {
    const target = addressOf(79);
    rig.wall.fail('contain', target, async (act, { order }) => {
      await delay(Date.parse(order.notAfter) - Date.now() + 500);
      return act();
    });

    const { state } = await startApproved(rig, blockPlan(target), { stakes: stakesWith({ windowMs: 2_500 }) });

    expect(state).toMatchObject({ phase: 'done', steps: [{ outcome: { outcome: 'done' } }] });
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

    const { state } = await startApproved(rig, blockPlan(target), { stakes: stakesWith({ windowMs: 500 }) });
    await leaseEnded(rig, target);

    expect(state).toMatchObject({ phase: 'not_done', steps: [{ outcome: { outcome: 'too_late' } }] });
    expect(rig.wall.askedTo(target)).toEqual(['contain', 'contain', 'release']);
    expect(rig.wall.holds(target)).toBeNull();
  });

  it('does not say that it has let go while the system still holds the target', async () => {
    const target = addressOf(77);
    const block = await startApproved(rig, blockPlan(target));
    rig.wall.fail('release', target, () => ({ isDone: true }));

    const again = await startApproved(rig, unblockPlan(target));
    const { state } = again;

    expect(state.steps).toMatchObject([{ outcome: { outcome: 'drifted', why: 'the system still lists it' } }]);
    expect(block.phasesIn(ANA)).not.toContain('lifted');
    await again.ended;
  });
});
