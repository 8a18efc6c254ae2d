import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { answer } from '#support/fake-sources.ts';
import { addressOf, askOf, blockPlan, containmentInput, lookUpInput, pressBy } from '#support/soc-requests.ts';
import { startRigOn, type WorkflowRig } from '#support/workflow-rig.ts';

const OLD = -4_000_001;
const NEW = -1_009_000_000_001;
let rig: WorkflowRig;

beforeAll(async () => {
  rig = await startRigOn(inject('temporalAddress'), inject('workflowBundle'));
  rig.telegram.move(OLD, NEW);
});
afterAll(async () => rig.close());

/** A question asked in a group that has since become a supergroup. */
function askInMovedGroup() {
  return { ...askOf({ isPrivate: false }), chat: { id: OLD, isPrivate: false } };
}

describe.concurrent('in a group that has moved', () => {
  it('keeps a look-up on one card', async () => {
    const ask = askInMovedGroup();
    const slow = Promise.withResolvers<ReturnType<typeof answer>>();
    rig.sources.script(ask.requestId, 'gamma', async () => slow.promise);

    const input = { ...lookUpInput(ask), firstCardMs: 50 };
    await rig.desk.startLookUp(input, { ask, title: 'Look up 203.0.113[.]66' });
    const first = await rig.telegram.until(
      ({ card }) => card.kind === 'look_up' && card.ask.requestId === ask.requestId,
    );
    slow.resolve(answer('malicious'));
    await rig.client.workflow.getHandle(ask.requestId).result();

    expect(rig.telegram.of(ask.requestId).map(({ to, edit }) => ({ to, edit }))).toEqual([
      { to: NEW, edit: undefined },
      { to: NEW, edit: first.message },
    ]);
  });

  it('keeps a request for a block on one card', async () => {
    const ask = askInMovedGroup();
    const plan = blockPlan(addressOf(201));
    await rig.desk.startContainment(containmentInput(ask, plan), { ask, title: 'Block 203.0.113[.]201', plan });
    const first = await rig.telegram.until(
      ({ card, to }) => card.kind === 'containment' && card.ask.requestId === ask.requestId && to === NEW,
    );

    await rig.desk.press(ask.requestId, pressBy('rob', 'refuse'));
    await rig.desk.press(ask.requestId, pressBy('rob', 'deny'));
    await rig.client.workflow.getHandle(ask.requestId).result();

    const own = rig.telegram.of(ask.requestId).filter(({ to, replyTo }) => to === NEW && replyTo !== first.message);
    expect(own.map(({ edit }) => edit)).toEqual([undefined, first.message]);
  });
});

describe('a look-up that is kept out of the chat', () => {
  it('tells its card so for as long as it lives', async () => {
    const ask = askOf();
    const input = { ...lookUpInput(ask), withheldAbove: 'AMBER' } as const;

    await rig.desk.startLookUp(input, { ask, title: 'Look up 1 under TLP:RED' });
    const state = await rig.client.workflow.getHandle(ask.requestId).result();

    expect(state).toMatchObject({ phase: 'done', withheldAbove: 'AMBER' });
    expect(rig.telegram.of(ask.requestId)).toMatchObject([{ card: { state: { withheldAbove: 'AMBER' } } }]);
  });
});
