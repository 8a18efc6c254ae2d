import type { Transaction } from 'kysely';
import type { Report } from '#domain/report.ts';
import type { Claim, Claimed } from './claim.ts';
import { parseInstant, toInstant } from './instant.ts';
import type { LookupCallRow, Tables } from './tables.ts';

/** What earlier calls to the same source about the same observable say to a claim. Null: nothing, it may go on. */
export async function readKnownCalls(trx: Transaction<Tables>, claim: Claim): Promise<Claimed | null> {
  const now = parseInstant(claim.now);
  const freshSince = toInstant(now - claim.reuseMs);
  const calls = await trx
    .selectFrom('lookup_calls')
    .selectAll()
    .where('source', '=', claim.source)
    .where('observable_key', '=', claim.observableKey)
    .where('state', '!=', 'failed')
    .where((where) => where.or([where('answered_at', 'is', null), where('answered_at', '>', freshSince)]))
    .orderBy('asked_at', 'desc')
    .execute();
  return concludeFromCalls(calls, claim, { freshSince, flyingSince: toInstant(now - claim.flightMs) });
}

/** A fresh answer beats a call in flight, and that beats a lost one. `calls` come newest first, without stale answers. */
function concludeFromCalls(
  calls: readonly LookupCallRow[],
  claim: Claim,
  { freshSince, flyingSince }: { freshSince: string; flyingSince: string },
): Claimed | null {
  for (const call of calls) {
    if (call.report === null || call.answered_at === null) continue;
    return {
      kind: 'answered',
      report: JSON.parse(call.report) as Report,
      answeredAt: call.answered_at,
      askedBy: call.asked_by,
      requestId: call.request_id,
    };
  }
  const flying = calls.find(
    (call) => call.state === 'asking' && call.asked_at > flyingSince && call.request_id !== claim.requestId,
  );
  if (flying) {
    return { kind: 'asking', askedAt: flying.asked_at, askedBy: flying.asked_by, requestId: flying.request_id };
  }
  if (!claim.quota) return null;
  const lost = calls.find((call) => call.state !== 'answered' && call.asked_at > freshSince && isInTheWay(call, claim));
  return lost ? { kind: 'lost', askedAt: lost.asked_at, askedBy: lost.asked_by } : null;
}

/** A person's insistence reaches past every lost call but the one that this very insistence began. */
function isInTheWay(call: LookupCallRow, claim: Claim): boolean {
  return claim.evenIfLost !== true || (call.insisted === 1 && call.request_id === claim.requestId);
}
