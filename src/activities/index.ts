import type { SourceConnector } from '#connectors/connector.ts';
import { profileOf } from '#connectors/connector.ts';
import { createHttp } from '#connectors/http.ts';
import type { Responder } from '#domain/containment.ts';
import type { BlockingGuard } from '#domain/guard.ts';
import type { Log } from '#src/log.ts';
import type { Store } from '#store/open-store.ts';
import { askForCheckpoint } from '#temporal/checkpoint-schedule.ts';
import { createAuditActivities } from './audit.ts';
import { type CheckpointDeps, createCheckpointActivities } from './checkpoint.ts';
import { createContainActivities } from './contain.ts';
import { createDeskActivities, type DeskDeps } from './desk.ts';
import { createLookUp } from './look-up.ts';
import { createQuotaActivities } from './quota.ts';

export type ActivityDeps = Omit<DeskDeps, 'sources'> &
  CheckpointDeps & {
    readonly sources: readonly { connector: SourceConnector; settings: Readonly<Record<string, unknown>> }[];
    readonly responders: ReadonlyMap<string, Responder>;
    readonly guard: BlockingGuard;
    /** The keys that seal presses. */
    readonly keys: readonly Uint8Array[];
    readonly log: Log;
    readonly reuseMs: number;
    /** How long after a press an act may still run, in milliseconds. */
    readonly executionWindowMs: number;
  };

/** Every activity of a worker, by the name that the Temporal UI shows: `<connector>.<verb>`. */
export function createActivities(deps: ActivityDeps) {
  const { sources, responders, store, now, reuseMs, guard, keys, executionWindowMs, log } = deps;
  const lookUps = sources.map(({ connector, settings }) => {
    const activity = createLookUp(profileOf(connector, settings), connector.create(settings, createHttp), {
      lookups: store.lookups,
      reuseMs,
      now,
      log,
    });
    return [`${connector.id}.lookUp`, activity] as const;
  });
  const audit = withCheckpoints(store.audit, deps);
  const acts = [...responders].map(([system, responder]) =>
    createContainActivities(system, responder, { audit, guard, keys, executionWindowMs, now, log }),
  );
  const profiles = sources.map(({ connector, settings }) => profileOf(connector, settings));
  return Object.assign(
    Object.fromEntries(lookUps),
    ...acts,
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
