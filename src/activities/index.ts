import type { SourceConnector } from '#connectors/connector.ts';
import { profileOf } from '#connectors/connector.ts';
import { createHttp } from '#connectors/http.ts';
import type { Log } from '#src/log.ts';
import type { Store } from '#store/open-store.ts';
import { askForCheckpoint } from '#temporal/checkpoint-schedule.ts';
import { createAuditActivities } from './audit.ts';
import { type CheckpointDeps, createCheckpointActivities } from './checkpoint.ts';
import { type ContainDeps, createContainActivities, type RunningResponder } from './contain.ts';
import { createDeskActivities, type DeskDeps } from './desk.ts';
import { createLookUp } from './look-up.ts';
import { createQuotaActivities } from './quota.ts';
import { createReconcile } from './reconcile.ts';
import { createSurvey } from './survey.ts';

export type ActivityDeps = Omit<DeskDeps, 'sources'> &
  CheckpointDeps &
  Omit<ContainDeps, 'audit' | 'leases' | 'marks'> & {
    readonly sources: readonly { connector: SourceConnector; settings: Readonly<Record<string, unknown>> }[];
    readonly responders: readonly RunningResponder[];
    readonly log: Log;
    readonly reuseMs: number;
  };

/** Every activity of a worker, by the name that the Temporal UI shows: `<connector>.<verb>`. */
export function createActivities(deps: ActivityDeps) {
  const { sources, responders, store, now, reuseMs, log } = deps;
  const { audit, leases, marks } = store;
  const lookUps = sources.map(({ connector, settings }) => {
    const activity = createLookUp(profileOf(connector, settings), connector.create(settings, createHttp), {
      lookups: store.lookups,
      reuseMs,
      now,
      log,
    });
    return [`${connector.id}.lookUp`, activity] as const;
  });
  const acting = { ...deps, audit: withCheckpoints(audit, deps), leases, marks };
  const acts = responders.map((responder) => createContainActivities(responder, acting));
  const profiles = sources.map(({ connector, settings }) => profileOf(connector, settings));
  return Object.assign(
    Object.fromEntries(lookUps),
    ...acts,
    createSurvey(responders, store.leases),
    createReconcile(deps),
    createAuditActivities(store.audit, now),
    createCheckpointActivities(deps),
    createQuotaActivities(store.lookups),
    createDeskActivities({ ...deps, sources: profiles }),
  ) as Record<string, (...args: never[]) => Promise<unknown>>;
}

/** An audit after whose records a checkpoint is asked for. The act does not wait for it: the next one covers it too. */
function withCheckpoints(audit: Store['audit'], { client, log }: Pick<ActivityDeps, 'client' | 'log'>): Store['audit'] {
  return {
    ...audit,
    append: async (entries) => {
      const links = await audit.append(entries);
      askForCheckpoint(client).catch((error: unknown) => log.warn({ err: error }, 'a checkpoint waits for its turn'));
      return links;
    },
  };
}
