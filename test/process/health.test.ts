import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { objectionToHealth } from '#src/process/health.ts';
import { findQuietPort } from '#support/free-port.ts';
import { prepareCluster } from '#temporal/prepare-cluster.ts';
import { TASK_QUEUE, TELEGRAM_TASK_QUEUE } from '#workflows/messages.ts';
import { SEARCH_ATTRIBUTES } from '#workflows/search-attributes.ts';

const NAMESPACE = `health-${process.pid}`;
const NOW = new Date().toISOString();

/** The mark of the last poll, so many seconds old; none without a number. */
function polled(agoS?: number) {
  const at = agoS === undefined ? null : new Date(Date.parse(NOW) - agoS * 1000).toISOString();
  return {
    marks: {
      get: async () => (at === null ? null : { value: at, at }),
      set: async () => undefined,
      change: async () => undefined,
    },
  };
}

describe('the health of a half', () => {
  const address = inject('temporalAddress');
  const connection = Connection.lazy({ address });
  const client = new Client({ connection, namespace: NAMESPACE });
  const workers: Worker[] = [];
  const runs: Promise<void>[] = [];
  let native: NativeConnection;

  beforeAll(async () => {
    await prepareCluster({ address }, NAMESPACE, SEARCH_ATTRIBUTES);
    native = await NativeConnection.connect({ address });
    for (const [identity, taskQueue] of [
      ['socbot-worker@tower#7', TASK_QUEUE],
      ['socbot-sender@cellar#8', TELEGRAM_TASK_QUEUE],
    ] as const) {
      const activities = { idle: async () => undefined };
      workers.push(await Worker.create({ connection: native, namespace: NAMESPACE, taskQueue, identity, activities }));
    }
    runs.push(...workers.map(async (worker) => worker.run()));
    const deps = { client, store: polled(1), now: NOW };
    await vi.waitFor(async () => {
      expect(await objectionToHealth('worker', { ...deps, host: 'tower' })).toBeNull();
      expect(await objectionToHealth('bot', { ...deps, host: 'cellar' })).toBeNull();
    }, 10_000);
  });

  afterAll(async () => {
    for (const worker of workers) worker.shutdown();
    await Promise.all(runs);
    await Promise.all([native.close(), connection.close()]);
  });

  it('says that a namespace is not prepared, where every request would be refused', async () => {
    const raw = `${NAMESPACE}-raw`;
    await prepareCluster({ address }, raw, {});
    const deps = { client: new Client({ connection, namespace: raw }), store: polled(1), now: NOW, host: 'tower' };

    expect(await objectionToHealth('worker', deps)).toBe('the namespace is not prepared: npm run socbot -- cluster');
  });

  it.each([
    ['worker', 'cellar', 'no worker of cellar has asked Temporal for work lately'],
    ['bot', 'tower', 'no sender of tower has asked Temporal for work lately'],
  ] as const)('does not take the work of another machine for that of its own %s', async (half, host, objection) => {
    expect(await objectionToHealth(half, { client, store: polled(1), now: NOW, host })).toBe(objection);
  });

  it.each([
    [undefined, 'Telegram has not been polled yet'],
    [300, 'Telegram was polled last 300 s ago'],
  ])('is not deceived by a bot that speaks and does not listen (%s)', async (agoS, objection) => {
    const store = polled(agoS);

    expect(await objectionToHealth('bot', { client, store, now: NOW, host: 'cellar' })).toBe(objection);
    expect(await objectionToHealth('worker', { client, store, now: NOW, host: 'tower' })).toBeNull();
  });

  it('finds a worker gone that has not asked for two minutes, though the server still knows it', async () => {
    const later = new Date(Date.parse(NOW) + 120_000).toISOString();

    const objection = await objectionToHealth('worker', { client, store: polled(1), now: later, host: 'tower' });

    expect(objection).toMatch(/^no worker of tower/);
  });

  it('says that Temporal does not answer', async () => {
    const away = Connection.lazy({ address: `127.0.0.1:${await findQuietPort()}` });

    const objection = await objectionToHealth('worker', {
      client: new Client({ connection: away }),
      store: polled(1),
      now: NOW,
      timeoutMs: 200,
    });

    expect(objection).toMatch(/^Temporal does not answer/);
    await away.close();
  });
});
