import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { readAudit } from '#activities/audit-list.ts';
import { createDeskActivities } from '#activities/desk.ts';
import { ConnectorError } from '#connectors/errors.ts';
import type { AuditQuery } from '#domain/audit-query.ts';
import { refOf } from '#domain/ids.ts';
import type { Held, Responder } from '#domain/responder.ts';
import type { AuditEntry } from '#store/audit-record.ts';
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
  const profile = { title: '', kinds: ['ipv4'], isBlind: false, isDryRun: false, isPlainList: false } as const;
  const responders = Object.entries(systems).map(([id, list]) => ({
    profile: { ...profile, id },
    responder: { list, contain: refuse, release: refuse, readBack: refuse },
  }));
  const { 'desk.read': read } = createDeskActivities({
    client: rig.client,
    store,
    sources: [],
    responders,
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

describe('reading the audit', () => {
  const entry = { at: '2026-03-01T11:00:00.000Z', who: 'ana', telegramId: 1001, chat: 1001, action: 'look up' };
  const requestId = 'tg-700000001-731000042';

  async function createAuditReader(entries: readonly Partial<AuditEntry>[]) {
    const store = await openStore({ file: join(createScratchDirectory(), 'socbot.db') });
    onTestFinished(store.close);
    await store.audit.append(entries.map((one) => ({ ...entry, request: requestId, outcome: 'asked', ...one })));
    return async (query: AuditQuery, page = 0) => {
      const asked = { typed: '', query, at: '2026-03-01T12:00:00.000Z' };
      return readAudit({ what: 'audit', requestId: 'tg-700000001-9', asked, page }, store.audit);
    };
  }

  it('gives ten at a time, the newest first, and none that came after the question', async () => {
    const read = await createAuditReader([
      ...Array.from({ length: 23 }, (_, n) => ({ outcome: String(n) })),
      { at: '2026-03-01T12:00:01.000Z', outcome: 'later' },
    ]);

    const [first, second, third] = [await read({}), await read({}, 1), await read({}, 2)];

    expect(first).toMatchObject({ hasMore: true, page: 0 });
    expect(first.lines.slice(0, 2)).toMatchObject([{ outcome: '22' }, { outcome: '21' }]);
    expect([first, second, third].map(({ lines }) => lines.length)).toEqual([10, 10, 3]);
    expect(third).toMatchObject({ hasMore: false });
  });

  it('finds a request by its reference, a person by name or number, and what is young enough', async () => {
    const read = await createAuditReader([
      { outcome: 'one' },
      { request: 'tg-700000001-8', outcome: 'another' },
      { who: null, telegramId: 1666, request: null, outcome: 'refused' },
      { who: 'ben', telegramId: 1002, request: null, at: '2026-02-01T12:00:00.000Z', outcome: 'old' },
    ]);
    const outcomes = async (query: AuditQuery) => (await read(query)).lines.map(({ outcome }) => outcome);

    expect(await outcomes({ ref: refOf(requestId) })).toEqual(['one']);
    expect(await outcomes({ by: { name: 'ben', telegramIds: [] } })).toEqual(['old']);
    expect(await outcomes({ by: { name: null, telegramIds: [1666] } })).toEqual(['refused']);
    expect(await outcomes({ since: '2026-03-01T00:00:00.000Z' })).toEqual(['refused', 'another', 'one']);
  });

  it('keeps out of the chat what may be under a marking that forbids it', async () => {
    const target = 'secret.evil.example';
    const read = await createAuditReader([
      { target },
      { action: 'block', outcome: 'refused', target, detail: `${target} is ours` },
      { action: 'block', target, digest: 'abcd' },
    ]);

    const { lines } = await read({});

    expect(lines[0]).toMatchObject({ target, digest: 'abcd' });
    expect(JSON.stringify(lines.slice(1))).not.toContain('secret');
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
