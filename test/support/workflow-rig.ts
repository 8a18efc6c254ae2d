import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { createDesk } from '#bot/desk.ts';
import type { Card } from '#domain/card.ts';
import { registerSearchAttributes } from '#temporal/prepare-namespace.ts';
import { TASK_QUEUE, TELEGRAM_TASK_QUEUE } from '#workflows/messages.ts';
import type { AuditNote } from '#workflows/proxies.ts';
import { SEARCH_ATTRIBUTES } from '#workflows/search-attributes.ts';
import { createFakeMessenger } from './fake-messenger.ts';
import { createFakeSources } from './fake-sources.ts';
import { createFakeWall } from './fake-wall.ts';

// Failing activities are what many tests are about; the SDK would warn of each.
Runtime.install({
  logger: new DefaultLogger('ERROR'),
  shutdownSignals: [],
  telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } },
});

export type EnginePlace = {
  readonly client: Client;
  readonly connection: NativeConnection;
  readonly namespace: string;
};

/** The product's workflows, run for real, in a world of fake activities. */
export type WorkflowRig = Awaited<ReturnType<typeof startRigOn>>;

/** A rig in a namespace of its own on the run's server. */
export async function startRigOn(address: string, workflowBundle: string) {
  const connection = await NativeConnection.connect({ address });
  const asking = await Connection.connect({ address });
  const namespace = `test-${randomUUID()}`;
  await asking.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: msToTs('2 days') });
  await registerSearchAttributes(asking, namespace, SEARCH_ATTRIBUTES);
  const client = new Client({ connection: asking, namespace });
  const rig = await startRig({ client, connection, namespace }, workflowBundle);
  return {
    ...rig,
    close: async () => {
      await rig.rest();
      await Promise.all([connection.close(), asking.close()]);
    },
  };
}

/** Starts the workers of a rig; `rest` and `work` stop and start them again. */
export async function startRig({ client, connection, namespace }: EnginePlace, codePath: string) {
  const [sources, wall, moat, telegram] = [
    createFakeSources(),
    createFakeWall('wall'),
    createFakeWall('moat'),
    createFakeMessenger(),
  ];
  const notes: AuditNote[] = [];
  const acting = {
    ...sources.activities,
    ...wall.activities,
    ...moat.activities,
    'audit.note': async (note: AuditNote) => void notes.push(note),
    'desk.read': async (): Promise<Card> => ({ kind: 'note', tone: 'ok', title: 'Read', lines: [] }),
  };
  let running: { workers: Worker[]; done: Promise<unknown> } | null = null;
  const work = async (): Promise<void> => {
    const shared = { connection, namespace };
    const workers = await Promise.all([
      Worker.create({ ...shared, taskQueue: TASK_QUEUE, workflowBundle: { codePath }, activities: acting }),
      Worker.create({ ...shared, taskQueue: TELEGRAM_TASK_QUEUE, activities: telegram.activities }),
    ]);
    running = { workers, done: Promise.all(workers.map(async (worker) => worker.run())) };
  };
  const rest = async (): Promise<void> => {
    for (const worker of running?.workers ?? []) worker.shutdown();
    await running?.done;
    running = null;
  };
  await work();
  return { client, desk: createDesk(client), sources, wall, moat, telegram, notes, work, rest };
}
