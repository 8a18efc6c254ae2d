import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createDeskActivities } from '#activities/desk.ts';
import { refOf } from '#domain/ids.ts';
import { openTestStore } from '#support/act-desk.ts';
import { startContainment } from '#support/containment-flow.ts';
import { addressOf, askOf, blockPlan, lookUpInput } from '#support/soc-requests.ts';
import { startRigOn, type WorkflowRig } from '#support/workflow-rig.ts';
import type { ReadRequest } from '#workflows/messages.ts';

let rig: WorkflowRig;

beforeAll(async () => {
  rig = await startRigOn(inject('temporalAddress'), inject('workflowBundle'));
});
afterAll(async () => rig.close());

/** Reads as the activity does, from the rig's engine. */
async function createReader() {
  const store = await openTestStore();
  const { 'desk.read': read } = createDeskActivities({
    client: rig.client,
    store,
    sources: [],
    responders: [],
    now: () => '2026-03-01T12:00:00.000Z',
  });
  return async (request: ReadRequest) => read(request, askOf());
}

describe('reading requests', () => {
  it('lists what waits for a decision, and finds one by its reference until after its end', async () => {
    const read = await createReader();
    const flow = await startContainment(rig, blockPlan(addressOf(3)));
    const listed = { ref: refOf(flow.requestId), title: 'Block it', by: 'ana' };
    const one = { what: 'request', ref: listed.ref } as const;

    await expect
      .poll(async () => read({ what: 'pending' }))
      .toMatchObject({ title: 'pending', requests: [{ ...listed, phase: 'awaiting_approval' }] });
    await expect
      .poll(async () => read(one))
      .toMatchObject({ title: 'status', requests: [{ ...listed, phase: 'awaiting_approval' }] });
    await flow.deny('rob');
    await flow.ended;

    await expect.poll(async () => read({ what: 'pending' })).toMatchObject({ requests: [] });
    await expect.poll(async () => read(one)).toMatchObject({ requests: [{ ...listed, phase: 'denied' }] });
  });

  it('says of a request that somebody ended from outside how it ended', async () => {
    const read = await createReader();
    const flow = await startContainment(rig, blockPlan(addressOf(4)));

    await flow.handle.terminate('by hand');

    await expect
      .poll(async () => read({ what: 'request', ref: refOf(flow.requestId) }))
      .toMatchObject({ requests: [{ phase: 'terminated' }] });
  });

  it('says of an answer that has been given that it is answered, and not that it runs', async () => {
    const read = await createReader();
    const ask = askOf();
    await rig.desk.startAnswer({ ask, read: { what: 'pending' } }, 'List what waits');
    await rig.client.workflow.getHandle(ask.requestId).result();

    await expect
      .poll(async () => read({ what: 'request', ref: refOf(ask.requestId) }))
      .toMatchObject({ requests: [{ title: 'List what waits', phase: 'answered' }] });
  });

  it('finds nothing under a reference that nobody has', async () => {
    const read = await createReader();

    expect(await read({ what: 'request', ref: 'ZZZZ' })).toMatchObject({ kind: 'requests', requests: [] });
  });
});

describe('reading a look-up again', () => {
  it('unfolds it for whoever presses, as the one who asked it left it', async () => {
    const read = await createReader();
    const ask = askOf();
    await rig.desk.startLookUp(lookUpInput(ask), { ask, title: 'Look up' });
    const state: unknown = await rig.client.workflow.getHandle(ask.requestId).result();

    expect(await read({ what: 'look_up', requestId: ask.requestId, view: 'full' })).toEqual({
      kind: 'look_up',
      ask,
      state,
      view: 'full',
    });
  });

  it('says so when its history is gone', async () => {
    const read = await createReader();

    expect(await read({ what: 'look_up', requestId: 'tg-1-999999', view: 'full' })).toMatchObject({
      kind: 'note',
      title: 'Too old to unfold',
    });
  });

  it('fails in a way that is tried again when it cannot be read', async () => {
    const read = await createReader();
    const flow = await startContainment(rig, blockPlan(addressOf(5)));

    const reading = read({ what: 'look_up', requestId: flow.requestId, view: 'full' });

    await expect(reading).rejects.toMatchObject({ name: 'ApplicationFailure', nonRetryable: false });
    await flow.deny('rob');
  });
});
