import { randomUUID } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { Report } from '#domain/report.ts';
import type { Claim } from './claim.ts';
import type { Database } from './database.ts';
import { parseInstant, toInstant, toStoredInstant } from './instant.ts';
import { MINUTE_MS, toDay } from './slot.ts';
import type { Tables } from './tables.ts';

/** How many old calls a new one sweeps away: more than it adds, few enough to go unnoticed. */
const SWEPT_AT_ONCE = 16;

/** Puts a call on record that may go out once the transaction is committed; gives its id. */
export async function beginCall(trx: Transaction<Tables>, claim: Claim): Promise<string> {
  const callId = randomUUID();
  await trx
    .insertInto('lookup_calls')
    .values({
      call_id: callId,
      source: claim.source,
      observable_key: claim.observableKey,
      request_id: claim.requestId,
      asked_by: claim.by,
      asked_at: claim.now,
      state: 'asking',
      insisted: claim.evenIfLost === true ? 1 : 0,
      report: null,
      answered_at: null,
    })
    .execute();
  await sweepCalls(trx, claim);
  return callId;
}

/** Forgets calls that neither an answer's life, nor a flight, nor a quota's window needs any more. */
async function sweepCalls(trx: Transaction<Tables>, claim: Claim): Promise<void> {
  const now = parseInstant(claim.now);
  const needed = now - Math.max(claim.reuseMs, claim.flightMs, MINUTE_MS);
  const horizon = toInstant(claim.quota ? Math.min(needed, toDay(now)) : needed);
  await trx
    .deleteFrom('lookup_calls')
    .where('call_id', 'in', (db) =>
      db
        .selectFrom('lookup_calls')
        .select('call_id')
        .where('source', '=', claim.source)
        .where('asked_at', '<', horizon)
        .where((where) => where.or([where('answered_at', 'is', null), where('answered_at', '<', horizon)]))
        .orderBy('asked_at')
        .limit(SWEPT_AT_ONCE),
    )
    .execute();
}

/** Keeps the answer of a call. The first one stays: who has seen it must find it again. False: no such call. */
export async function recordAnswer(
  database: Database,
  { callId, report, now }: { callId: string; report: Report; now: string },
): Promise<boolean> {
  const answeredAt = toStoredInstant(now);
  const result = await database.query(async (db) =>
    db
      .updateTable('lookup_calls')
      .set((update) => ({
        state: 'answered' as const,
        report: update.fn.coalesce('report', update.val(JSON.stringify(report))),
        answered_at: update.fn.coalesce('answered_at', update.val(answeredAt)),
      }))
      .where('call_id', '=', callId)
      .where('state', '!=', 'failed')
      .executeTakeFirst(),
  );
  return result.numUpdatedRows > 0n;
}

/** Ends a call without an answer: as if it never was, or as one that only the quota remembers. */
export async function forgetCall(database: Database, callId: string, wasSent: boolean): Promise<void> {
  await database.query(async (db): Promise<unknown> => {
    if (!wasSent) {
      return db.deleteFrom('lookup_calls').where('call_id', '=', callId).where('state', '!=', 'answered').execute();
    }
    return db
      .updateTable('lookup_calls')
      .set({ state: 'failed' })
      .where('call_id', '=', callId)
      .where('state', '!=', 'answered')
      .execute();
  });
}

/** Marks a call as one whose outcome nobody knows. */
export async function loseCall(database: Database, callId: string): Promise<void> {
  await database.query(async (db) =>
    db
      .updateTable('lookup_calls')
      .set({ state: 'lost' })
      .where('call_id', '=', callId)
      .where('state', '=', 'asking')
      .execute(),
  );
}

/** Counts the calls of a metered source in the 60 seconds and on the UTC day up to `now` (ms). */
export async function countCalls(
  database: Database,
  source: string,
  now: number,
): Promise<{ minute: number; day: number }> {
  const count = async (after: number) =>
    database.query(async (db) =>
      db
        .selectFrom('lookup_calls')
        .select(({ fn }) => fn.countAll<number>().as('calls'))
        .where('source', '=', source)
        .where('asked_at', '>', toInstant(after))
        .where('asked_at', '<=', toInstant(now))
        .executeTakeFirstOrThrow(),
    );
  const minute = await count(now - MINUTE_MS);
  const day = await count(toDay(now) - 1);
  return { minute: minute.calls, day: day.calls };
}
