import { Worker } from '@temporalio/worker';
import { createActivities } from '#activities/index.ts';
import type { Config } from '#config/config.ts';
import type { Log } from '#src/log.ts';
import type { Store } from '#store/open-store.ts';
import { keepCheckpointSchedule } from '#temporal/checkpoint-schedule.ts';
import { keepReconcileSchedule } from '#temporal/reconcile-schedule.ts';
import { TASK_QUEUE } from '#workflows/messages.ts';
import { openAuditKeyOf } from './audit-key.ts';
import { buttonKeysOf } from './bot-deps.ts';
import type { Engine } from './engine.ts';
import { createJudge } from './guard.ts';
import { identityOf } from './identity.ts';
import { type KeptWorker, keepWorking } from './keep-working.ts';
import { peopleOf } from './people.ts';
import { respondersOf } from './responders.ts';
import { findWorkflowBundle } from './workflow-bundle.ts';

export type WorkerSideOptions = {
  readonly config: Config;
  /** Reads the configuration anew. */
  readonly reload: () => Config;
  readonly engine: Engine;
  readonly store: Store;
  readonly log: Log;
};

/** Workflows kept in memory; the rest is read again from history when something happens to it. */
const MOST_CACHED = 100;
const MOST_ACTIVITIES = 60;
/** Activities that a worker takes itself with the decision for them: all sources of a look-up; the SDK takes three. */
const MOST_AT_ONCE = 10;

/** The half of SocBot that decides and acts: workflows, look-ups, containment. Any number of them share the work. */
export function startWorkerSide({ config, reload, engine, store, log }: WorkerSideOptions): KeptWorker {
  const now = () => new Date().toISOString();
  const activities = createActivities({
    client: engine.client,
    store,
    log,
    now,
    sources: config.sources,
    responders: respondersOf(config, store, now),
    judge: createJudge(config),
    rules: config.policy.rules,
    limits: config.policy.limits,
    people: peopleOf({ config, reload, store, log }),
    keys: buttonKeysOf(config),
    reuseMs: config.lookUp.reuseMs,
    auditKey: () => openAuditKeyOf(config),
    auditChat: config.auditChat,
  });
  const worker = keepWorking(async () => {
    const codePath = await findWorkflowBundle(config.dataDir);
    const connection = await engine.connectNative();
    return Worker.create({
      connection,
      namespace: engine.namespace,
      dataConverter: engine.dataConverter,
      taskQueue: TASK_QUEUE,
      identity: identityOf('worker'),
      workflowBundle: { codePath },
      activities,
      shutdownGraceTime: '10s',
      shutdownForceTime: '30s',
      maxCachedWorkflows: MOST_CACHED,
      maxConcurrentActivityTaskExecutions: MOST_ACTIVITIES,
      maxEagerActivityReservationsPerWorkflowTask: MOST_AT_ONCE,
    });
  }, log);
  void worker.started
    .then(async () => Promise.all([keepCheckpointSchedule(engine.client), keepReconcileSchedule(engine.client)]))
    .catch((error: unknown) => log.error({ err: error }, 'what is done at fixed times is not done'));
  return worker;
}
