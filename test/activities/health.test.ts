import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { expect, inject, it, vi } from 'vitest';
import { readHealth } from '#activities/health.ts';
import { renderStatus } from '#cards/status.ts';
import { formatFreeze } from '#domain/freeze.ts';
import { MARKS } from '#store/mark-names.ts';
import { openStore } from '#store/open-store.ts';
import { holdFor } from '#support/act-desk.ts';
import { createFakeResponder } from '#support/fake-responder.ts';
import { createScratchDirectory } from '#support/scratch-directory.ts';
import { addressOf } from '#support/soc-requests.ts';
import { prepareCluster } from '#temporal/prepare-cluster.ts';
import { TASK_QUEUE } from '#workflows/messages.ts';

const NOW = '2026-11-24T17:20:00.000Z';
const NAMESPACE = `status-${process.pid}`;

it('counts the workers that are there, not those that died a while ago', async () => {
  const address = inject('temporalAddress');
  await prepareCluster({ address }, NAMESPACE, {});
  const native = await NativeConnection.connect({ address });
  const activities = { idle: async () => undefined };
  const worker = await Worker.create({ connection: native, namespace: NAMESPACE, taskQueue: TASK_QUEUE, activities });
  const running = worker.run();
  const connection = Connection.lazy({ address });
  const client = new Client({ connection, namespace: NAMESPACE });
  const store = await openStore({ file: `${createScratchDirectory()}/socbot.db` });
  const engineAfter = async (ms: number) => {
    const now = () => new Date(Date.now() + ms).toISOString();
    const { lines } = await readHealth({ client, store, sources: [], responders: [], now });
    return lines.find(({ what }) => what === 'Temporal');
  };

  await vi.waitFor(async () => expect(await engineAfter(0)).toMatchObject({ detail: 'answers, 1 worker' }), 10_000);
  expect(await engineAfter(120_000)).toMatchObject({ state: 'down', detail: 'answers, 0 workers' });

  worker.shutdown();
  await running;
  await Promise.all([native.close(), connection.close(), store.close()]);
});

it('says when a second poller was seen as cards write a time', async () => {
  const connection = Connection.lazy({ address: inject('temporalAddress') });
  const store = await openStore({ file: `${createScratchDirectory()}/socbot.db` });
  await store.marks.set(MARKS.secondPoller, 'seen', '2026-11-24T17:16:33.170Z');

  const card = await readHealth({
    client: new Client({ connection }),
    store,
    sources: [],
    responders: [],
    now: () => NOW,
  });

  const words = 'a second poller uses our token, last seen 2026-11-24 17:16 UTC';
  expect(renderStatus(card).text.text).toContain(`🟠 Telegram · ${words}`);
  await Promise.all([connection.close(), store.close()]);
});

it('says that everything is frozen, by whom and why, before it says that all is well', async () => {
  const connection = Connection.lazy({ address: inject('temporalAddress') });
  const store = await openStore({ file: `${createScratchDirectory()}/socbot.db` });
  const freeze = formatFreeze({ by: 'ria', at: '2026-11-24T17:16:33.170Z', reason: 'wrong list', thaw: [] });
  await store.marks.set(MARKS.freeze, freeze, NOW);

  const card = await readHealth({
    client: new Client({ connection }),
    store,
    sources: [],
    responders: [],
    now: () => NOW,
  });

  const { text } = renderStatus(card).text;
  expect(text).toContain('🟠 Frozen · by ria since 2026-11-24 17:16 UTC: wrong list');
  expect(text).not.toContain('is fine');
  await Promise.all([connection.close(), store.close()]);
});

it('names the systems that enforce, and one that was switched off while it holds something', async () => {
  const connection = Connection.lazy({ address: inject('temporalAddress') });
  const store = await openStore({ file: `${createScratchDirectory()}/socbot.db` });
  await holdFor(store, addressOf(1), { system: 'moat' });
  const responders = [createFakeResponder({ title: 'The wall' })];

  const card = await readHealth({ client: new Client({ connection }), store, sources: [], responders, now: () => NOW });

  const { text } = renderStatus(card).text;
  expect(text).toContain('The wall · on');
  expect(text).toContain('moat · switched off, and holds 1 that nothing lets go: switch it on');
  await Promise.all([connection.close(), store.close()]);
});
