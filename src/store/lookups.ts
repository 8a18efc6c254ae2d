import type { Transaction } from 'kysely';
import type { Report } from '#domain/report.ts';
import type { Claim, Claimed } from './claim.ts';
import type { Database } from './database.ts';
import { parseInstant, toStoredInstant } from './instant.ts';
import { readKnownCalls } from './known-calls.ts';
import { beginCall, countCalls, forgetCall, loseCall, recordAnswer } from './lookup-calls.ts';
import { leaveQueue, leaveQueues, queueForSlot } from './lookup-queue.ts';
import type { Tables } from './tables.ts';

/**
 * The ledger of look-ups. It is what makes one answer serve all who ask, keeps one call per observable in flight, holds
 * the quota, and never pays twice: over all processes, and over kills.
 */
export type Lookups = {
  /** Asks for permission to call. Repeated with the same request it is safe at any moment. */
  readonly claim: (claim: Claim) => Promise<Claimed>;
  /** Gives up every place in a queue of a request that will not come back, for those behind. */
  readonly withdraw: (requestId: string) => Promise<void>;
  /** Keeps the answer, also one that comes late. False: the ledger no longer knows the call. A repeat changes nothing. */
  readonly record: (answer: { callId: string; report: Report; now: string }) => Promise<boolean>;
  /**
   * Ends a call that surely gave no answer, so that it may be tried again. Unsent, it costs nothing; sent, the vendor
   * has counted it.
   */
  readonly abandon: (call: { callId: string; now: string; wasSent: boolean }) => Promise<void>;
  /** Ends a call of which nobody knows whether the vendor acted on it. */
  readonly lose: (call: { callId: string; now: string }) => Promise<void>;
  /** Calls of a metered source that count against its quota at `now`. */
  readonly usage: (of: { source: string; now: string }) => Promise<{ minute: number; day: number }>;
};

/** Creates the ledger over an open database. */
export function createLookups(database: Database): Lookups {
  return {
    claim: async (claim) => {
      const normal = { ...claim, now: toStoredInstant(claim.now) };
      return database.takeTurn(`lookups:${claim.source}`, async (trx) => decide(trx, normal));
    },
    withdraw: async (requestId) => database.query(async (db) => leaveQueues(db, requestId)),
    record: async (answer) => recordAnswer(database, answer),
    abandon: async ({ callId, wasSent }) => forgetCall(database, callId, wasSent),
    lose: async ({ callId }) => loseCall(database, callId),
    usage: async ({ source, now }) => countCalls(database, source, parseInstant(now)),
  };
}

async function decide(trx: Transaction<Tables>, claim: Claim): Promise<Claimed> {
  const known = await readKnownCalls(trx, claim);
  if (claim.quota && !known) {
    const slotAt = await queueForSlot(trx, claim, claim.quota);
    if (slotAt !== null) return { kind: 'wait', slotAt };
  }
  // Whatever it is, the claim needs its place no more.
  if (claim.quota) await leaveQueue(trx, claim);
  return known ?? { kind: 'go', callId: await beginCall(trx, claim) };
}
