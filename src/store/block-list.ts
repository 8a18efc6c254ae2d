import type { Kysely, Transaction } from 'kysely';
import { addEffect, type BlockEffect, listEffects, readVersion } from './block-effects.ts';
import type { Database } from './database.ts';
import { toStoredInstant } from './instant.ts';
import type { BlockRow, Tables } from './tables.ts';

/** What the block feed enforces: a target, and the one lease that holds it. Times are ISO 8601 in UTC. */
type Block = {
  readonly target: string;
  readonly leaseId: string;
  readonly until: string;
  /** The requester's name. */
  readonly by: string;
  /** Binds the block to what was approved. */
  readonly digest: string;
  readonly putAt: string;
};

/**
 * `held`: the lease holds the target; `isChanged` tells an act from a repeat. `refused`: another lease holds it.
 * `ended`: this lease was lifted before; an attempt that comes late must not bring it back.
 */
type PutOutcome =
  | { readonly kind: 'held'; readonly isChanged: boolean }
  | { readonly kind: 'refused'; readonly heldBy: Block }
  | { readonly kind: 'ended' };

/** The list of blocked targets. Each lease is used once: lifted, it is over. */
export type BlockList = {
  /** Puts or prolongs a block. A repeat with the same values is no act. */
  readonly put: (block: Omit<Block, 'putAt'> & { now: string }) => Promise<PutOutcome>;
  /** Lifts a lease, also one that was never put. Gives whether a block went away. */
  readonly remove: (lease: { target: string; leaseId: string; now: string }) => Promise<{ isRemoved: boolean }>;
  readonly get: (target: string) => Promise<Block | null>;
  /** All blocks, in the order of their targets. */
  readonly list: () => Promise<Block[]>;
  /** Names the present content: another text after each change, and in another store. Fit for an ETag. */
  readonly version: () => Promise<string>;
  /** Every change so far, the oldest first. */
  readonly listEffects: (target?: string) => Promise<BlockEffect[]>;
};

/** Creates the block list over an open database. */
export function createBlockList(database: Database): BlockList {
  return {
    put: async ({ now, ...block }) => {
      const wanted = { ...block, until: toStoredInstant(block.until), putAt: toStoredInstant(now) };
      return database.takeTurn('block-list', async (trx) => put(trx, wanted));
    },
    remove: async ({ target, leaseId, now }) => {
      const lease = { target, leaseId, at: toStoredInstant(now) };
      return database.takeTurn('block-list', async (trx) => ({ isRemoved: await remove(trx, lease) }));
    },
    get: async (target) => database.query(async (db) => readBlock(db, target)),
    list: async () => {
      const rows = await database.query(async (db) => db.selectFrom('blocks').selectAll().orderBy('target').execute());
      return rows.map((row) => toBlock(row));
    },
    version: async () => readVersion(database),
    listEffects: async (target) => listEffects(database, target),
  };
}

async function put(trx: Transaction<Tables>, block: Block): Promise<PutOutcome> {
  const held = await readBlock(trx, block.target);
  if (held && held.leaseId !== block.leaseId) return { kind: 'refused', heldBy: held };
  if (held && held.until === block.until && held.by === block.by && held.digest === block.digest) {
    return { kind: 'held', isChanged: false };
  }
  if (await isEnded(trx, block.target, block.leaseId)) return { kind: 'ended' };
  const values = { lease_id: block.leaseId, until: block.until, asked_by: block.by, digest: block.digest };
  await trx
    .insertInto('blocks')
    .values({ ...values, target: block.target, put_at: block.putAt })
    .onConflict((conflict) => conflict.column('target').doUpdateSet(values))
    .execute();
  await addEffect(trx, {
    at: block.putAt,
    act: held ? 'changed' : 'added',
    target: block.target,
    leaseId: block.leaseId,
  });
  return { kind: 'held', isChanged: true };
}

async function remove(
  trx: Transaction<Tables>,
  { target, leaseId, at }: { target: string; leaseId: string; at: string },
): Promise<boolean> {
  await trx
    .insertInto('ended_leases')
    .values({ target, lease_id: leaseId, ended_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const gone = await trx
    .deleteFrom('blocks')
    .where('target', '=', target)
    .where('lease_id', '=', leaseId)
    .executeTakeFirst();
  if (gone.numDeletedRows === 0n) return false;
  await addEffect(trx, { at, act: 'removed', target, leaseId });
  return true;
}

async function isEnded(trx: Transaction<Tables>, target: string, leaseId: string): Promise<boolean> {
  const row = await trx
    .selectFrom('ended_leases')
    .select('ended_at')
    .where('target', '=', target)
    .where('lease_id', '=', leaseId)
    .executeTakeFirst();
  return row !== undefined;
}

async function readBlock(db: Kysely<Tables>, target: string): Promise<Block | null> {
  const row = await db.selectFrom('blocks').selectAll().where('target', '=', target).executeTakeFirst();
  return row ? toBlock(row) : null;
}

function toBlock(row: BlockRow): Block {
  return {
    target: row.target,
    leaseId: row.lease_id,
    until: row.until,
    by: row.asked_by,
    digest: row.digest,
    putAt: row.put_at,
  };
}
