import { Context } from '@temporalio/activity';
import { ConnectorError } from '#connectors/errors.ts';
import { observableKey } from '#domain/observable.ts';
import type { Source, SourceProfile } from '#domain/source.ts';
import type { Log } from '#src/log.ts';
import type { Store } from '#store/open-store.ts';
import type { LookUpCall, LookUpOutcome } from '#workflows/proxies.ts';
import { pending, toFailure } from './failure.ts';

export type LookUpDeps = {
  readonly lookups: Store['lookups'];
  /** How long an answer serves all who ask, in milliseconds. */
  readonly reuseMs: number;
  /** The present, ISO 8601. */
  readonly now: () => string;
  readonly log: Log;
};

/** No look-up takes longer: its activity is given up by then. */
const FLIGHT_MS = 16_000;
/** How soon to see whether somebody else's call has come back. */
const LOOK_AGAIN_MS = 400;

/**
 * The activity that asks one source: answers from the ledger where it can, waits its turn where the key's quota is used
 * up, and never pays twice for one answer, over all workers and restarts.
 */
export function createLookUp(profile: SourceProfile, source: Source, deps: LookUpDeps) {
  return async (call: LookUpCall): Promise<LookUpOutcome> => {
    try {
      const outcome = await askOnce(profile, source, { ...deps, call });
      // Never what is asked about: its markings may keep it out of a log.
      deps.log.info({ request: call.requestId, source: profile.id, outcome: outcome.kind }, 'source');
      return outcome;
    } catch (error) {
      // Every try of a metered source spends its quota: one that answers with a fault is not asked on and on.
      const isSpent = profile.quota !== undefined && error instanceof ConnectorError && error.isAnswered;
      throw toFailure(error, isSpent);
    }
  };
}

async function askOnce(
  profile: SourceProfile,
  source: Source,
  { lookups, reuseMs, now, call }: LookUpDeps & { call: LookUpCall },
): Promise<LookUpOutcome> {
  const claimed = await lookups.claim({
    source: profile.id,
    observableKey: observableKey(call.observable),
    requestId: call.requestId,
    by: call.by,
    now: now(),
    reuseMs,
    flightMs: FLIGHT_MS,
    evenIfLost: call.evenIfLost,
    ...(profile.quota ? { quota: profile.quota } : {}),
  });
  switch (claimed.kind) {
    case 'go':
      return ask(profile, source, { lookups, now, call, callId: claimed.callId });
    case 'answered': {
      const { report, answeredAt, askedBy, requestId } = claimed;
      const isTold = requestId !== call.requestId && askedBy !== '';
      return {
        kind: 'report',
        report,
        answeredAt,
        ...(isTold ? { sharedBy: { name: askedBy, askedAt: answeredAt } } : {}),
      };
    }
    case 'asking':
      throw pending(`${profile.id}.asking`, `${claimed.askedBy || 'somebody'} asks the same right now`, LOOK_AGAIN_MS);
    case 'lost':
      return { kind: 'lost', askedAt: claimed.askedAt };
    case 'wait':
      return { kind: 'wait', slotAt: claimed.slotAt };
  }
}

async function ask(
  profile: SourceProfile,
  source: Source,
  { lookups, now, call, callId }: Pick<LookUpDeps, 'lookups' | 'now'> & { call: LookUpCall; callId: string },
): Promise<LookUpOutcome> {
  try {
    const report = await source.lookUp(call.observable, Context.current().cancellationSignal);
    const answeredAt = now();
    await lookups.record({ callId, report, now: answeredAt });
    return { kind: 'report', report, answeredAt };
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    const isLost = profile.quota !== undefined && !error.isAnswered && !error.isUndone;
    if (isLost) {
      await lookups.lose({ callId, now: now() });
      return { kind: 'lost', askedAt: now() };
    }
    await lookups.abandon({ callId, now: now(), wasSent: error.isAnswered });
    throw error;
  }
}
