import { randomUUID } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { Database } from './database.ts';
import type { BlockEffectRow, Tables } from './tables.ts';

/** One change of the block list: an act that took effect. `at` is ISO 8601 in UTC. */
export type BlockEffect = {
  readonly at: string;
  readonly act: BlockEffectRow['act'];
  readonly target: string;
  readonly leaseId: string;
};

/** Adds an effect within the transaction that makes the change. Only in the turn of the block list. */
export async function addEffect(trx: Transaction<Tables>, { leaseId, ...effect }: BlockEffect): Promise<void> {
  const last = await trx.selectFrom('block_effects').select('seq').orderBy('seq', 'desc').limit(1).executeTakeFirst();
  await trx
    .insertInto('block_effects')
    .values({ ...effect, seq: (last?.seq ?? 0) + 1, version: randomUUID(), lease_id: leaseId })
    .execute();
}

/** All effects, or those on one target; the oldest first. */
export async function listEffects(database: Database, target: string | undefined): Promise<BlockEffect[]> {
  const rows = await database.query(async (db) => {
    const all = db.selectFrom('block_effects').selectAll().orderBy('seq');
    return (target === undefined ? all : all.where('target', '=', target)).execute();
  });
  return rows.map((row) => ({ at: row.at, act: row.act, target: row.target, leaseId: row.lease_id }));
}

/** The name of the list's present content; never that of any other content, in this store or another. */
export async function readVersion(database: Database): Promise<string> {
  const last = await database.query(async (db) =>
    db.selectFrom('block_effects').select('version').orderBy('seq', 'desc').limit(1).executeTakeFirst(),
  );
  return last?.version ?? 'empty';
}
