import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startContainment, stateOf } from '#support/containment-flow.ts';
import { addressOf, blockPlan, PEOPLE, stakesWith } from '#support/soc-requests.ts';
import { startRigOn, type WorkflowRig } from '#support/workflow-rig.ts';
import { containmentState, rearm } from '#workflows/messages.ts';

const [ANA, ROB] = [PEOPLE.ana.telegramId, PEOPLE.rob.telegramId];

let rig: WorkflowRig;

beforeAll(async () => {
  rig = await startRigOn(inject('temporalAddress'), inject('workflowBundle'));
});
afterAll(async () => rig.close());

describe.concurrent('a gap in which presses were lost', () => {
  const gap = { from: '2026-03-01T12:00:00.000Z', to: '2026-03-01T12:10:00.000Z' };

  it('moves the deadline, draws the cards anew, and makes presses on the old ones count for nothing', async () => {
    const flow = await startContainment(rig, blockPlan(addressOf(31)));
    const old = await flow.cardOf((_, shown) => shown.to === ROB);

    await flow.handle.signal(rearm, gap);
    const renewed = await flow.cardOf((state, shown) => shown.to === ROB && state.rev === 1);
    const onOld = await flow.approve('rob', { rev: 0 });
    const onNew = await flow.deny('rob', { rev: 1 });
    await flow.ended;

    expect(renewed).toMatchObject({ edit: old.message, card: { state: { gap } } });
    expect(Date.parse(stateOf(renewed).expiresAt) - Date.parse(stateOf(old).expiresAt)).toBe(600_000);
    expect(onOld).toEqual({ kind: 'stale_card' });
    expect(onNew).toEqual({ kind: 'recorded', verb: 'deny', missing: 0 });
  });

  it('counts once, however often it is told', async () => {
    const flow = await startContainment(rig, blockPlan(addressOf(32)));

    await flow.handle.signal(rearm, gap);
    await flow.handle.signal(rearm, gap);
    await flow.cardOf((state) => state.rev === 1);
    const { rev } = await flow.handle.query(containmentState);
    await flow.deny('rob', { rev: 1 });
    const state = await flow.ended;

    expect([rev, state.rev]).toEqual([1, 1]);
  });

  it.each([
    { from: '', to: 'tomorrow' },
    { from: gap.to, to: gap.from },
  ])('that makes no sense takes no time away and breaks nothing: %j', async (nonsense) => {
    const flow = await startContainment(rig, blockPlan(addressOf(33)));
    const { expiresAt } = await flow.handle.query(containmentState);

    await flow.handle.signal(rearm, nonsense);
    await flow.deny('rob', { rev: 1 });
    const state = await flow.ended;

    expect(state).toMatchObject({ phase: 'denied', expiresAt });
  });
});

describe.concurrent('a request that came late', () => {
  it('asks its author first, and the approvers only then', async () => {
    const target = addressOf(41);
    const flow = await startContainment(rig, blockPlan(target), { isStale: true });

    const question = await flow.cardOf((state) => state.phase === 'still_wanted');
    const shownBefore = rig.telegram.of(flow.requestId).map(({ to }) => to);
    await flow.press('ana', 'confirm');
    await flow.cardOf((state, shown) => state.phase === 'awaiting_approval' && shown.to === ROB);
    await flow.approve('rob');
    const state = await flow.told();

    expect(question.to).toBe(ANA);
    expect(shownBefore).toEqual([ANA]);
    expect(state.phase).toBe('done');
  });

  it('lets nobody approve what its author has not confirmed', async () => {
    const target = addressOf(42);
    const flow = await startContainment(rig, blockPlan(target), { isStale: true });

    const early = await flow.approve('rob');
    await flow.press('ana', 'withdraw');
    const state = await flow.ended;

    expect(early.kind).toBe('stale_card');
    expect(state.phase).toBe('withdrawn');
    expect(rig.wall.askedTo(target)).toEqual([]);
  });

  it('ends unanswered as not executed', async () => {
    const target = addressOf(43);
    const flow = await startContainment(rig, blockPlan(target), { isStale: true, stakes: stakesWith({ lifeMs: 500 }) });

    const state = await flow.ended;

    expect(state.phase).toBe('expired');
    expect(rig.telegram.of(flow.requestId).every(({ to }) => to === ANA)).toBe(true);
    expect(rig.wall.askedTo(target)).toEqual([]);
  });
});
