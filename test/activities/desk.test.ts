import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { createDeskActivities } from '#activities/desk.ts';
import { ConnectorError } from '#connectors/errors.ts';
import type { Held, Responder } from '#domain/containment.ts';
import { refOf } from '#domain/ids.ts';
import { openStore } from '#store/open-store.ts';
import { startContainment } from '#support/containment-flow.ts';
import { createScratchDirectory } from '#support/scratch-directory.ts';
import { addressOf, askOf, blockPlan, lookUpInput } from '#support/soc-requests.ts';
import { startRigOn, type WorkflowRig } from '#support/workflow-rig.ts';
import type { ReadRequest } from '#workflows/messages.ts';

let rig: WorkflowRig;

beforeAll(async () => {
  rig = await startRigOn(inject('temporalAddress'), inject('workflowBundle'));
});
afterAll(async () => rig.close());

/** Reads as the activity does, from the rig's engine and from systems that hold these targets. */
async function createReader(systems: Readonly<Record<string, Responder['list']>> = {}) {
  const store = await openStore({ file: join(createScratchDirectory(), 'socbot.db') });
  onTestFinished(store.close);
  const refuse = async (): Promise<never> => Promise.reject(new Error('reading acts on nothing'));
  const responders = Object.entries(systems).map(
    ([system, list]) => [system, { list, contain: refuse, release: refuse, readBack: refuse }] as const,
  );
  const { 'desk.read': read } = createDeskActivities({
    client: rig.client,
    store,
    sources: [],
    responders: new Map(responders),
    now: () => '2026-03-01T12:00:00.000Z',
  });
  return async (request: ReadRequest) => read(request, askOf());
}

function heldBy(system: string, last: number): Held {
  return { system, target: addressOf(last), until: '2026-03-01T13:00:00.000Z', by: 'ana', leaseId: 'tg-1-1' };
}

describe('reading what is held', () => {
  it('asks every system', async () => {
    const read = await createReader({ wall: async () => [heldBy('wall', 1)], moat: async () => [heldBy('moat', 2)] });

    expect(await read({ what: 'held', query: null })).toMatchObject({
      kind: 'held',
      held: [heldBy('wall', 1), heldBy('moat', 2)],
      unread: [],
    });
  });

  it.each(['203.0.113.2', '203.0.113[.]2', '113[.]2', '203.0.113.2'.toUpperCase()])(
    'finds a target however it is written: %s',
    async (query) => {
      const read = await createReader({ wall: async () => [heldBy('wall', 1), heldBy('wall', 2)] });

      expect(await read({ what: 'held', query })).toMatchObject({ held: [heldBy('wall', 2)], query });
    },
  );

  it('names a system that cannot be read: nothing held there is not what that means', async () => {
    const read = await createReader({
      wall: async () => {
        throw new ConnectorError({ connector: 'wall', kind: 'unreachable', message: 'no answer in 10 s' });
      },
      moat: async () => [heldBy('moat', 2)],
    });

    expect(await read({ what: 'held', query: null })).toMatchObject({
      held: [heldBy('moat', 2)],
      unread: [{ system: 'wall', why: 'no answer in 10 s' }],
    });
  });
});

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
    await flow.press('rob', 'deny');
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
    await flow.press('rob', 'deny');
  });
});
