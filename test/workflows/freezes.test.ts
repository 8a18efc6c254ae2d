import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startContainment, stateOf } from '#support/containment-flow.ts';
import { leaseEnded, unblockPlan } from '#support/lease-flow.ts';
import { addressOf, blockPlan, stakesWith } from '#support/soc-requests.ts';
import { startRigOn, type WorkflowRig } from '#support/workflow-rig.ts';
import { freeze } from '#workflows/messages.ts';

const FROZEN = { by: 'ria', at: '2026-03-01T12:00:00.000Z', reason: 'a storm of false alarms' };

let rig: WorkflowRig;

beforeAll(async () => {
  rig = await startRigOn(inject('temporalAddress'), inject('workflowBundle'));
});
afterAll(async () => rig.close());

describe.concurrent('a freeze', () => {
  it('stops what waits: every card says so, nobody approves, and after the thaw it goes on', async () => {
    const target = addressOf(1);
    const flow = await startContainment(rig, blockPlan(target));
    await flow.sees('rob');

    await flow.handle.signal(freeze, FROZEN);
    const cards = await Promise.all((['ana', 'rob', 'ria'] as const).map(async (who) => flow.sees(who, isFrozen)));
    const stopped = await flow.approve('rob');
    await flow.handle.signal(freeze, null);
    await flow.cardOf(({ freeze: now, reviews }) => now === undefined && 'rob' in reviews);
    const goesOn = await flow.press('rob', 'approve');
    const state = await flow.told();

    expect(cards.map((card) => stateOf(card).freeze)).toEqual([FROZEN, FROZEN, FROZEN]);
    expect([stopped, goesOn.kind]).toEqual([{ kind: 'frozen' }, 'recorded']);
    expect(state).toMatchObject({ phase: 'done' });
    expect(state).not.toHaveProperty('freeze');
    expect(rig.wall.askedTo(target)).toEqual(['contain']);
  });

  it('stops what is asked while it lasts, which can still be denied', async () => {
    const flow = await startContainment(rig, blockPlan(addressOf(2)), { freeze: FROZEN });
    await flow.sees('rob', isFrozen);

    const stopped = await flow.approve('rob');
    await flow.deny('ria');

    expect(stopped).toEqual({ kind: 'frozen' });
    expect((await flow.ended).phase).toBe('denied');
  });

  it('does not keep anything alive: what nobody could approve expires, and that is said', async () => {
    const flow = await startContainment(rig, blockPlan(addressOf(3)), {
      freeze: FROZEN,
      stakes: stakesWith({ lifeMs: 500 }),
    });

    expect((await flow.ended).phase).toBe('expired');
    expect(rig.wall.askedTo(addressOf(3))).toEqual([]);
  });

  it('does not stop letting go', async () => {
    const target = addressOf(4);
    const flow = await startContainment(rig, unblockPlan(target), { freeze: FROZEN });
    await flow.handle.signal(freeze, FROZEN);
    const shown = await flow.sees('rob');

    await flow.approve('rob');
    const state = await flow.told();
    await leaseEnded(rig, target);

    expect(stateOf(shown)).not.toHaveProperty('freeze');
    expect(state.phase).toBe('done');
    expect(rig.wall.askedTo(target)).toEqual(['release']);
  });

  it('comes too late for what is decided: what is held stays held to its end', async () => {
    const target = addressOf(5);
    const flow = await startContainment(rig, blockPlan(target, { durationMs: 2_000 }));
    await flow.approve('rob');
    await flow.told();

    await flow.handle.signal(freeze, FROZEN);
    const state = await flow.ended;

    expect(state).not.toHaveProperty('freeze');
    expect(state.phase).toBe('lifted');
  });
});

function isFrozen({ freeze: now }: { readonly freeze?: unknown }): boolean {
  return now !== undefined;
}
