import { type ChainPlace, CHAIN_BEGIN, walkChain } from '../audit-chain.ts';
import type { Database } from '../database.ts';
import { toStoredInstant } from '../instant.ts';
import type { CheckpointRow } from '../tables.ts';
import type { AuditKey } from './audit-key.ts';
import { EMPTY_RANGE, growTree, isWellFormed, type MerkleRange, rootOf } from './merkle-range.ts';
import { openCheckpoint, signCheckpoint } from './note.ts';

/** A checkpoint as it is kept. `isTold`: the audit chat had it. */
type KeptCheckpoint = { readonly size: number; readonly note: string; readonly isTold: boolean };

/**
 * What came of taking a checkpoint. `standing`: nothing was recorded since the last one, which is this. `objection`: the
 * audit does not go on from what was signed before, so nothing is signed.
 */
export type Taking =
  | { readonly kind: 'empty' }
  | { readonly kind: 'taken' | 'standing'; readonly checkpoint: KeptCheckpoint }
  | { readonly kind: 'objection'; readonly reason: string };

/**
 * Signs all that was recorded since the last checkpoint. The last one's tree must have the root that was signed, and every
 * new record must follow the one before: so what is signed always goes on from what was signed, whatever the store holds
 * by now. Needs no lock: records are only ever added at the end, so two at once sign the same tree or one that goes on
 * from the other's.
 */
export async function takeCheckpoint(database: Database, key: AuditKey, now: string): Promise<Taking> {
  const last = await readLast(database);
  const range = last ? rangeOf(last, key) : EMPTY_RANGE;
  if ('objection' in range) return { kind: 'objection', reason: `checkpoint ${last?.size}: ${range.objection}` };
  const from = await placeOf(database, range.size);
  if (from === null) {
    const reason = `checkpoint ${range.size} covers records that are not there any more: the newest were cut off`;
    return { kind: 'objection', reason };
  }
  const tree = growTree(range);
  const check = await walkChain(database, from, (row) => tree.push(row.hash));
  if (check.kind === 'broken') return { kind: 'objection', reason: check.reason };
  if (check.count === 0) return { kind: 'empty' };
  if (last && check.count === last.size) return { kind: 'standing', checkpoint: toKept(last) };
  return { kind: 'taken', checkpoint: await keep(database, tree.range(), { key, now }) };
}

/** The last checkpoint that was signed. */
async function readLast(database: Database): Promise<CheckpointRow | undefined> {
  return database.query(async (db) =>
    db.selectFrom('checkpoints').selectAll().orderBy('size', 'desc').limit(1).executeTakeFirst(),
  );
}

/** The tree of a checkpoint, if it is the one that was signed. */
function rangeOf(row: CheckpointRow, key: AuditKey): MerkleRange | { readonly objection: string } {
  const signed = openCheckpoint(row.note, key);
  if ('objection' in signed) return signed;
  const range = { size: row.size, roots: row.roots.split(' ') };
  const isSigned = signed.size === row.size && isWellFormed(range);
  if (isSigned && Buffer.from(rootOf(range), 'hex').toString('base64') === signed.root) return range;
  return { objection: 'what is kept beside it is not what was signed' };
}

async function placeOf(database: Database, count: number): Promise<ChainPlace | null> {
  if (count === 0) return CHAIN_BEGIN;
  const row = await database.query(async (db) =>
    db.selectFrom('audit').select('hash').where('seq', '=', count).executeTakeFirst(),
  );
  return row ? { count, head: row.hash } : null;
}

async function keep(
  database: Database,
  range: MerkleRange,
  { key, now }: { readonly key: AuditKey; readonly now: string },
): Promise<KeptCheckpoint> {
  const note = signCheckpoint(range, key);
  const { size, roots } = range;
  const row = { size, note, roots: roots.join(' '), taken_at: toStoredInstant(now), told_at: null };
  // Another process may have signed the same tree at the same time; its note is the same.
  await database.query(async (db) =>
    db
      .insertInto('checkpoints')
      .values(row)
      .onConflict((conflict) => conflict.column('size').doNothing())
      .execute(),
  );
  return toKept(row);
}

function toKept({ size, note, told_at: toldAt }: CheckpointRow): KeptCheckpoint {
  return { size, note, isTold: toldAt !== null };
}
