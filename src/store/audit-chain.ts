import { CHAIN_START, hashRecord, toAuditRecord } from './audit-record.ts';
import type { Database } from './database.ts';
import type { AuditRow } from './tables.ts';

/** How many records are in memory at once. */
const PAGE = 500;

/**
 * What a walk along the chain found. A cut-off tail or a chain rewritten from some record on looks intact in itself: it
 * shows when `count` and `head` are compared with ones kept elsewhere.
 */
export type ChainCheck =
  | { readonly kind: 'intact'; readonly count: number; readonly head: string }
  | { readonly kind: 'broken'; readonly seq: number; readonly reason: string };

/** A place in the chain: how many records there are up to it, and the hash of the last of them. */
export type ChainPlace = { readonly count: number; readonly head: string };

/** Before the first record. */
export const CHAIN_BEGIN: ChainPlace = { count: 0, head: CHAIN_START };

/** Recomputes every hash from the first record on; stops at the first that does not fit. */
export async function verifyChain(database: Database): Promise<ChainCheck> {
  return walkChain(database, CHAIN_BEGIN, () => undefined);
}

/** Goes on from a place to the end of the chain, and hands over every record that fits; stops at the first that does not. */
export async function walkChain(
  database: Database,
  from: ChainPlace,
  visit: (row: AuditRow) => void,
): Promise<ChainCheck> {
  let { count, head } = from;
  for (;;) {
    // Without a lower bound at first: a record that was put in front is met first, whatever its number.
    const rows = await readPage(database, count === 0 ? null : count);
    for (const row of rows) {
      const reason = objectionToRow(row, count + 1, head);
      if (reason !== null) return { kind: 'broken', seq: count + 1, reason };
      count += 1;
      head = row.hash;
      visit(row);
    }
    if (rows.length < PAGE) return { kind: 'intact', count, head };
  }
}

async function readPage(database: Database, after: number | null): Promise<AuditRow[]> {
  return database.query(async (db) => {
    const page = db.selectFrom('audit').selectAll().orderBy('seq').limit(PAGE);
    return (after === null ? page : page.where('seq', '>', after)).execute();
  });
}

function objectionToRow(row: AuditRow, seq: number, previousHash: string): string | null {
  if (row.seq !== seq) return `record ${seq} is missing`;
  if (row.previous_hash !== previousHash) return `record ${seq} does not follow the one before it`;
  const { hash, ...content } = toAuditRecord(row);
  return hashRecord(content) === hash ? null : `record ${seq} was changed`;
}
