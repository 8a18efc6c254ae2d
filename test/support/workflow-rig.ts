import { randomUUID } from 'node:crypto';
import { Context } from '@temporalio/activity';
import { Client, Connection } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { msToTs } from '@temporalio/common/lib/time.js';
import { NativeConnection, Worker } from '@temporalio/worker';
import { createDesk } from '#bot/desk.ts';
import { pressRequest } from '#bot/press-request.ts';
import type { Card, Posted, Posting } from '#domain/card.ts';
import type { Step } from '#domain/containment.ts';
import type { Impact } from '#domain/impact.ts';
import type { Observable } from '#domain/observable.ts';
import type { Press } from '#domain/press.ts';
import { registerSearchAttributes } from '#temporal/prepare-namespace.ts';
import { TASK_QUEUE, TELEGRAM_TASK_QUEUE } from '#workflows/messages.ts';
import type { AuditNote } from '#workflows/proxies.ts';
import { SEARCH_ATTRIBUTES } from '#workflows/search-attributes.ts';
import { createFakeMessenger } from './fake-messenger.ts';
import { createFakeSources } from './fake-sources.ts';
import { createFakeWall } from './fake-wall.ts';
import './quiet-runtime.ts';
import { startTimeSkipping } from './temporal-servers.ts';

type Surveyed = Pick<Impact, 'held' | 'unread'>;

export type EnginePlace = {
  readonly client: Client;
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly maxCachedWorkflows?: number;
  readonly dataConverter?: DataConverter;
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

/** The attributes' types as numbers of Temporal's API, for a server that cannot list what it has. */
const TYPE_NUMBERS = { Keyword: 2, Datetime: 6 } as const;

/** A rig on a server of its own whose clock stands still but for `sleep`, which jumps over any time. */
export async function startRigOverTime(testServerBinary: string, workflowBundle: string) {
  const environment = await startTimeSkipping(testServerBinary);
  const { nativeConnection, connection } = environment;
  const namespace = environment.namespace ?? 'default';
  const searchAttributes = Object.fromEntries(
    Object.entries(SEARCH_ATTRIBUTES).map(([name, type]) => [name, TYPE_NUMBERS[type]]),
  );
  await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
  // The environment's own client would let time run while it waits for a result.
  const client = new Client({ connection, namespace });
  // Without a cache, since a task for the cache of a stopped worker would wait for a clock that stands still.
  const place = { client, connection: nativeConnection, namespace, maxCachedWorkflows: 0 };
  const rig = await startRig(place, workflowBundle);
  return {
    ...rig,
    sleep: async (ms: number) => environment.sleep(ms),
    now: async () => environment.currentTimeMs(),
    close: async () => {
      await rig.rest();
      await environment.teardown();
    },
  };
}

/** Starts the workers of a rig; `rest` and `work` stop and start them again. */
export async function startRig({ client, ...place }: EnginePlace, codePath: string) {
  const [sources, wall, moat, telegram] = [
    createFakeSources(),
    createFakeWall('wall'),
    createFakeWall('moat'),
    createFakeMessenger(),
  ];
  const notes: AuditNote[] = [];
  /** What the audit chat is to be told, by workflow, and what it is said to have had. */
  const checkpoints = new Map<string, Posting>();
  const told: { posting: Posting; posted: Posted }[] = [];
  /** What a comparison with the systems finds to be told, by workflow. */
  const differences = new Map<string, readonly Posting[]>();
  const unwritten = new Set<string>();
  const surveys = new Map<string, () => Promise<Surveyed>>();
  /** Requests that gave up their places in the queues for a quota. */
  const leftQuotas: string[] = [];
  const acting = {
    ...sources.activities,
    ...wall.activities,
    ...moat.activities,
    'audit.checkpoint': async () => checkpoints.get(Context.current().info.workflowExecution?.workflowId ?? '') ?? null,
    'containment.reconcile': async () =>
      differences.get(Context.current().info.workflowExecution?.workflowId ?? '') ?? [],
    'audit.told': async (posting: Posting, posted: Posted) => void told.push({ posting, posted }),
    'audit.note': async (note: AuditNote) => {
      if (unwritten.has(note.request)) throw new Error('the store is away');
      notes.push(note);
    },
    'containment.survey': async ([first]: readonly Step[]) =>
      surveys.get(first?.target.value ?? '')?.() ?? { held: [], unread: [] },
    'quota.leave': async (requestId: string) => void leftQuotas.push(requestId),
    'desk.read': async (): Promise<Card> => ({ kind: 'note', tone: 'ok', title: 'Read', lines: [] }),
  };
  let running: { workers: Worker[]; done: Promise<unknown> } | null = null;
  const work = async (): Promise<void> => {
    const workers = await Promise.all([
      Worker.create({ ...place, taskQueue: TASK_QUEUE, workflowBundle: { codePath }, activities: acting }),
      Worker.create({ ...place, taskQueue: TELEGRAM_TASK_QUEUE, activities: telegram.activities }),
    ]);
    running = { workers, done: Promise.all(workers.map(async (worker) => worker.run())) };
  };
  const rest = async (): Promise<void> => {
    for (const worker of running?.workers ?? []) worker.shutdown();
    await running?.done;
    running = null;
  };
  await work();
  return {
    client,
    // More patient than a person with a phone: a machine that does something else as well still gives the answer.
    desk: { ...createDesk(client), press: async (id: string, heard: Press) => pressRequest(client, id, heard, 60_000) },
    sources,
    wall,
    moat,
    telegram,
    notes,
    checkpoints,
    told,
    differences,
    /** From now on no note of this request can be written. */
    loseNotes: (requestId: string): void => void unwritten.add(requestId),
    /** What is found to be held of a target before anybody is asked. */
    survey: (target: Observable, find: () => Promise<Surveyed>): void => void surveys.set(target.value, find),
    leftQuotas,
    work,
    rest,
  };
}
