import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startContainment, stateOf } from '#support/containment-flow.ts';
import { addressOf, blockPlan, PEOPLE, pressBy } from '#support/soc-requests.ts';
import { startRigOn, type WorkflowRig } from '#support/workflow-rig.ts';
import { containmentState } from '#workflows/messages.ts';

let rig: WorkflowRig;

beforeAll(async () => {
  rig = await startRigOn(inject('temporalAddress'), inject('workflowBundle'));
});
afterAll(async () => rig.close());

describe.concurrent('a press', () => {
  it('of the requester is refused and stays in the history', async () => {
    const target = addressOf(11);
    const flow = await startContainment(rig, blockPlan(target));

    const refused = await flow.press('ana', 'approve');
    await flow.deny('rob');
    await flow.ended;

    expect(refused).toEqual({ kind: 'own_request' });
    const { events } = await flow.handle.fetchHistory();
    expect(events?.filter((event) => event.workflowExecutionUpdateCompletedEventAttributes)).toHaveLength(3);
    expect(rig.wall.askedTo(target)).toEqual([]);
  });

  it('of somebody without the role is refused, and the gate stays open', async () => {
    const flow = await startContainment(rig, blockPlan(addressOf(12)));

    const refused = await flow.press('vic', 'approve');
    const open = await flow.handle.query(containmentState);
    await flow.deny('rob');

    expect(refused).toEqual({ kind: 'not_permitted', needs: 'responder' });
    expect(open.decision).toBeNull();
    expect((await flow.ended).decision).toMatchObject({ by: [{ by: 'rob' }] });
  });

  it('that arrives twice, as an update and as a signal, counts once and has one answer', async () => {
    const target = addressOf(13);
    const flow = await startContainment(rig, blockPlan(target));
    const own = pressBy('ana', 'approve');

    const first = await rig.desk.press(flow.requestId, own);
    await flow.handle.signal('pressLater', own);
    const second = await rig.desk.press(flow.requestId, own);
    await flow.approve('rob');
    await flow.told();

    expect([first, second]).toEqual([{ kind: 'own_request' }, { kind: 'own_request' }]);
    expect(rig.wall.askedTo(target)).toEqual(['contain']);
  });

  it('on a card that came twice is told on that one too, and on none that is not of the request', async () => {
    const flow = await startContainment(rig, blockPlan(addressOf(19)));
    const shown = await flow.cardOf((_, { to }) => to === PEOPLE.rob.telegramId);
    const [first, foreign] = [shown.message - 500, shown.message - 400];

    await flow.press('ria', 'confirm', { card: { chat: -4_711, message: foreign } });
    await flow.approve('rob', { card: { chat: shown.to, message: first } });
    await flow.sees('rob', ({ phase }) => phase === 'done');
    await flow.cardOf(({ phase }, { edit }) => phase === 'done' && edit === first);

    const ends = rig.telegram.of(flow.requestId).filter((one) => stateOf(one).phase === 'done');
    expect(ends.filter(({ to }) => to === shown.to).map(({ edit }) => edit)).toEqual([shown.message, first]);
    expect(ends.map(({ edit }) => edit)).not.toContain(foreign);
  });

  it('that comes as a signal alone decides as well', async () => {
    const target = addressOf(14);
    const flow = await startContainment(rig, blockPlan(target));

    await flow.handle.signal('pressLater', pressBy('ria', 'review'));
    await flow.handle.signal('pressLater', pressBy('ria', 'approve'));
    const state = await flow.told();

    expect(state).toMatchObject({ phase: 'done', decision: { by: [{ by: 'ria' }] } });
    expect(rig.wall.askedTo(target)).toEqual(['contain']);
  });

  it('on a request that has ended finds it closed', async () => {
    const flow = await startContainment(rig, blockPlan(addressOf(15)));
    await flow.deny('rob');
    await flow.ended;

    expect(await flow.press('ria', 'review')).toEqual({ kind: 'closed' });
  });

  it('wins alone: of approve, deny and own approve at one instant, one decides and each is told the truth', async () => {
    const races = Array.from({ length: 6 }, async (_, at) => {
      const target = addressOf(20 + at);
      const flow = await startContainment(rig, blockPlan(target));
      await Promise.all([flow.press('rob', 'review'), flow.press('ria', 'refuse')]);

      const [approved, denied, own] = await Promise.all([
        flow.press('rob', 'approve'),
        flow.press('ria', 'deny'),
        flow.press('ana', 'approve'),
      ]);
      const { decision } = await flow.told();

      const told = [approved, denied].map(({ kind }) => kind);
      expect(told.filter((kind) => kind === 'recorded')).toHaveLength(1);
      expect(decision?.kind).toBe(told[0] === 'recorded' ? 'approved' : 'denied');
      expect(['own_request', 'already_decided', 'closed']).toContain(own.kind);
      expect(rig.wall.askedTo(target)).toEqual(decision?.kind === 'approved' ? ['contain'] : []);
    });

    await Promise.all(races);
  });
});

describe.concurrent('a flood of presses', () => {
  it('by one person is stopped, and leaves room for those who decide', async () => {
    const flow = await startContainment(rig, blockPlan(addressOf(34)));
    for (let times = 0; times < 50; times += 1) await flow.press('vic', 'withdraw');

    const beyond = await flow.press('vic', 'withdraw');
    const decided = await flow.deny('rob');

    expect(beyond).toEqual({ kind: 'full' });
    expect(decided).toEqual({ kind: 'recorded', verb: 'deny', missing: 0 });
    await flow.ended;
  });
});
