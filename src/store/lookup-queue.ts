import type { Kysely, Transaction } from 'kysely';
import type { Quota } from '#domain/source.ts';
import type { Claim, ClaimKey } from './claim.ts';
import { parseInstant, toInstant } from './instant.ts';
import { DAY_MS, findSlot, MINUTE_MS, toDay } from './slot.ts';
import type { LookupSlotRow, Tables } from './tables.ts';

/** How long a slot that has come is kept free. Its owner wakes late under load; a cancelled one never does. */
const LATE_MS = 30_000;

/** How long a late owner keeps its place before those who came later: sent to the end, the ever late would never go. */
const GONE_MS = 3_600_000;

/**
 * Null when the quota allows the call now, else the reserved moment (ISO 8601) to come back at. Asked again before that
 * moment it is the same one. The place in the queue stays until `leaveQueue`, or until its owner has long been gone.
 */
export async function queueForSlot(trx: Transaction<Tables>, claim: Claim, quota: Quota): Promise<string | null> {
  const now = parseInstant(claim.now);
  const queue = await readQueue(trx, claim.source, toInstant(now - GONE_MS));
  const own = queue.find((slot) => isOwn(slot, claim));
  if (own && own.slot_at > toInstant(now)) return own.slot_at;
  const place = own?.place ?? (queue.at(-1)?.place ?? 0) + 1;
  const ahead = queue.filter((slot) => slot.place < place && slot.slot_at > toInstant(now - LATE_MS));
  const slot = findSlot(now, quota, {
    ...(await readSpent(trx, claim.source, { now, newest: Math.floor(quota.perMinute), ahead: ahead.length })),
    ahead: ahead.map((other) => parseInstant(other.slot_at)),
  });
  if (slot <= now) return null;
  const slotAt = toInstant(slot);
  await reserve(trx, claim, { place, slotAt });
  return slotAt;
}

/** Gives the claim's place up; does nothing where it has none. */
export async function leaveQueue(db: Kysely<Tables>, claim: ClaimKey): Promise<void> {
  await db
    .deleteFrom('lookup_slots')
    .where('source', '=', claim.source)
    .where('observable_key', '=', claim.observableKey)
    .where('request_id', '=', claim.requestId)
    .execute();
}

/** Gives up every place of a request, whatever it waits for. */
export async function leaveQueues(db: Kysely<Tables>, requestId: string): Promise<void> {
  await db.deleteFrom('lookup_slots').where('request_id', '=', requestId).execute();
}

async function readQueue(trx: Transaction<Tables>, source: string, goneSince: string): Promise<LookupSlotRow[]> {
  const all = await trx.selectFrom('lookup_slots').selectAll().where('source', '=', source).orderBy('place').execute();
  const kept = all.filter((slot) => slot.slot_at > goneSince);
  if (kept.length < all.length) {
    await trx.deleteFrom('lookup_slots').where('source', '=', source).where('slot_at', '<=', goneSince).execute();
  }
  return kept;
}

/** The calls of the last minute count only once they and those ahead fill it: a large quota is not read through in vain. */
async function readSpent(
  trx: Transaction<Tables>,
  source: string,
  { now, newest, ahead }: { now: number; newest: number; ahead: number },
): Promise<{ calls: number[]; callsToday: number }> {
  const lastMinute = trx
    .selectFrom('lookup_calls')
    .select('asked_at')
    .where('source', '=', source)
    .where('asked_at', '>', toInstant(now - MINUTE_MS))
    .orderBy('asked_at', 'desc');
  const filling =
    ahead < newest
      ? await lastMinute
          .offset(newest - ahead - 1)
          .limit(1)
          .execute()
      : [];
  const calls = filling.length === 0 ? [] : await lastMinute.limit(newest).execute();
  const today = await trx
    .selectFrom('lookup_calls')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('source', '=', source)
    .where('asked_at', '>=', toInstant(toDay(now)))
    .where('asked_at', '<', toInstant(toDay(now) + DAY_MS))
    .executeTakeFirstOrThrow();
  return { calls: calls.map((call) => parseInstant(call.asked_at)), callsToday: today.count };
}

async function reserve(
  trx: Transaction<Tables>,
  claim: Claim,
  { place, slotAt }: { place: number; slotAt: string },
): Promise<void> {
  const { source, observableKey, requestId } = claim;
  await trx
    .insertInto('lookup_slots')
    .values({ source, observable_key: observableKey, request_id: requestId, place, slot_at: slotAt })
    .onConflict((conflict) =>
      conflict.columns(['source', 'observable_key', 'request_id']).doUpdateSet({ place, slot_at: slotAt }),
    )
    .execute();
}

function isOwn(slot: LookupSlotRow, claim: Claim): boolean {
  return slot.observable_key === claim.observableKey && slot.request_id === claim.requestId;
}
