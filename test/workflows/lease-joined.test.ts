import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { ContainmentState } from '#domain/containment-state.ts';
import { startApproved, stateOf, untilOf } from '#support/containment-flow.ts';
import { addressOf, blockPlan, PEOPLE } from '#support/soc-requests.ts';
import { startRigOn, type WorkflowRig } from '#support/workflow-rig.ts';

const [ANA, ROB] = [PEOPLE.ana.telegramId, PEOPLE.rob.telegramId];
const MINUTE_MS = 60_000;

let rig: WorkflowRig;

beforeAll(async () => {
  rig = await startRigOn(inject('temporalAddress'), inject('workflowBundle'));
});
afterAll(async () => rig.close());

describe.concurrent('a lease', () => {
  it('is joined by a second request, which makes it longer under the same lease and on every card', async () => {
    const target = addressOf(112);

    const first = await startApproved(rig, blockPlan(target, { durationMs: 10 * MINUTE_MS }));
    const second = await startApproved(rig, blockPlan(target, { durationMs: 20 * MINUTE_MS }));

    const [firstEnd, secondEnd] = [untilOf(first.state), untilOf(second.state)];
    expect(Date.parse(secondEnd) - Date.parse(firstEnd)).toBeGreaterThan(9 * MINUTE_MS);
    expect(rig.wall.holds(target)).toMatchObject({ until: secondEnd, leaseId: first.requestId });
    const isLonger = ({ steps: [one] }: ContainmentState) =>
      one?.outcome?.outcome === 'done' && one.outcome.until === secondEnd;
    const told = await Promise.all(
      [ANA, ROB].map(async (chat) => first.cardOf((state, { to }) => to === chat && isLonger(state))),
    );
    expect(told).toMatchObject([{ edit: expect.any(Number) as number }, { edit: expect.any(Number) as number }]);
  });

  it('is never made shorter by a second request, which is told the longer end', async () => {
    const target = addressOf(113);

    const first = await startApproved(rig, blockPlan(target, { durationMs: 20 * MINUTE_MS }));
    const second = await startApproved(rig, blockPlan(target, { durationMs: MINUTE_MS }));

    expect(untilOf(second.state)).toBe(untilOf(first.state));
    expect(second.state.steps).toMatchObject([{ outcome: { isHeldLonger: true } }]);
    expect(first.state.steps[0]?.outcome).not.toHaveProperty('isHeldLonger');
    expect(rig.wall.holds(target)).toMatchObject({ until: untilOf(first.state), leaseId: first.requestId });
  });

  it('tells each card of the end in the words of its own request', async () => {
    const target = addressOf(118);
    const first = await startApproved(rig, blockPlan(target, { durationMs: 10 * MINUTE_MS }), { reason: 'first' });
    const second = await startApproved(rig, blockPlan(target, { durationMs: 20 * MINUTE_MS }), { reason: 'second' });

    await startApproved(rig, blockPlan(target, { action: 'unblock', durationMs: null }));
    const lifted = await Promise.all(
      [first, second].map(async (flow) => flow.cardOf(({ phase }) => phase === 'lifted')),
    );

    expect(lifted.map((card) => stateOf(card).reason)).toEqual(['first', 'second']);
    expect(lifted.map((card) => stateOf(card).plan.durationMs)).toEqual([10 * MINUTE_MS, 20 * MINUTE_MS]);
  });
});
