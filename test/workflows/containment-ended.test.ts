import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startApproved, startContainment, stateOf } from '#support/containment-flow.ts';
import { addressOf, blockPlan, PEOPLE, pressBy } from '#support/soc-requests.ts';
import { startRigOn, type WorkflowRig } from '#support/workflow-rig.ts';

const [ANA, ROB, RIA] = [PEOPLE.ana.telegramId, PEOPLE.rob.telegramId, PEOPLE.ria.telegramId];

let rig: WorkflowRig;

beforeAll(async () => {
  rig = await startRigOn(inject('temporalAddress'), inject('workflowBundle'));
});
afterAll(async () => rig.close());

describe('a request that an engineer ends in the Temporal UI', () => {
  it('says so on every card, offers no decision any more, and runs nothing', async () => {
    const target = addressOf(90);
    const flow = await startContainment(rig, blockPlan(target));
    await flow.sees('rob');

    await flow.handle.cancel();
    await flow.ended.catch(() => undefined);

    const shown = rig.telegram.of(flow.requestId).filter((one) => stateOf(one).phase === 'withdrawn');
    expect(new Set(shown.map(({ to }) => to))).toEqual(new Set([ANA, ROB, RIA]));
    expect(shown.map((one) => stateOf(one).decision)[0]).toMatchObject({ by: [{ by: 'an engineer' }] });
    expect(rig.wall.askedTo(target)).toEqual([]);
  });

  it('while its systems are being read is withdrawn all the same', async () => {
    const target = addressOf(91);
    const reading = Promise.withResolvers<{ held: []; unread: [] }>();
    rig.survey(target, async () => reading.promise);
    const flow = await startContainment(rig, blockPlan(target));

    await flow.handle.cancel();
    await flow.ended.catch(() => undefined);
    reading.resolve({ held: [], unread: [] });

    expect(flow.phasesIn(ANA)).toEqual(['withdrawn']);
    expect(rig.telegram.of(flow.requestId).map(({ to }) => to)).toEqual([ANA]);
  });

  it('is carried out to its end when it was approved before', async () => {
    const target = addressOf(92);
    const flow = await startApproved(rig, blockPlan(target, { durationMs: 3_000 }));

    await flow.handle.cancel();
    const state = await flow.ended;

    expect(state.phase).toBe('lifted');
    expect(rig.wall.askedTo(target)).toEqual(['contain', 'release']);
  });

  it.each([
    { kind: 'approved', last: 93, look: 'review', verb: 'approve', acts: ['contain', 'release'] },
    { kind: 'denied', last: 94, look: 'refuse', verb: 'deny', acts: [] },
  ] as const)(
    'at the very moment at which it is $kind is what was decided',
    async ({ kind, last, look, verb, acts }) => {
      const target = addressOf(last);
      const flow = await startContainment(rig, blockPlan(target, { durationMs: 2_000 }));
      await flow.sees('rob');
      await flow.press('rob', look);
      await rig.rest();

      await flow.handle.signal('pressLater', pressBy('rob', verb));
      await flow.handle.cancel();
      await rig.work();
      await flow.ended.catch(() => undefined);

      const ends = rig.telegram.of(flow.requestId).map((one) => stateOf(one));
      expect(ends.at(-1)).toMatchObject({ phase: kind === 'denied' ? kind : 'lifted', decision: { kind } });
      expect(ends.map(({ phase }) => phase)).not.toContain('withdrawn');
      expect(rig.wall.askedTo(target)).toEqual(acts);
    },
  );
});
