import { type ChainCheck, CHAIN_BEGIN, walkChain } from '../audit-chain.ts';
import type { Database } from '../database.ts';
import type { CheckpointRow } from '../tables.ts';
import type { AuditVerifier } from './audit-key.ts';
import { EMPTY_RANGE, growTree, rootOf } from './merkle-range.ts';
import { type Checkpoint, openCheckpoint } from './note.ts';

/** What a check of everything found. `covered`: how many records the newest checkpoint covers. */
export type AuditCheck =
  | (ChainCheck & { readonly kind: 'intact'; readonly checkpoints: number; readonly covered: number })
  | { readonly kind: 'broken'; readonly reason: string };

const PAGE = 500;

/**
 * Walks the whole chain, checks every kept checkpoint's signature, and that chain and checkpoints tell the same. `copy` is
 * a checkpoint as a witness has it: with it, a tail that was cut off and an audit that was rewritten as a whole show too,
 * which the store alone cannot show.
 */
export async function verifyAudit(
  database: Database,
  verifier: AuditVerifier,
  copy: string | null,
): Promise<AuditCheck> {
  const kept = await readKept(database, verifier);
  if ('reason' in kept) return kept;
  const witnessed = copy === null ? null : openCheckpoint(copy, verifier);
  if (witnessed && 'objection' in witnessed)
    return broken(`The given checkpoint cannot be used: ${witnessed.objection}`);
  const differing = witnessed && kept.find(({ size, root }) => size === witnessed.size && root !== witnessed.root);
  if (differing) return broken(rewritten('The given checkpoint', differing.size));
  const expected = new Map([...kept, ...(witnessed ? [witnessed] : [])].map(({ size, root }) => [size, root]));
  const walked = await walkWith(database, expected);
  if (walked.check.kind === 'broken') return broken(`The audit was tampered with: ${walked.check.reason}`);
  const nameOf = (size: number): string => (size === witnessed?.size ? 'The given checkpoint' : `Checkpoint ${size}`);
  if (walked.differs !== null) return broken(rewritten(nameOf(walked.differs), walked.differs));
  const { count } = walked.check;
  const covered = kept.at(-1)?.size ?? 0;
  const beyond = [covered, witnessed?.size ?? 0].find((size) => size > count);
  if (beyond !== undefined)
    return broken(cutOff(beyond === witnessed?.size ? nameOf(beyond) : `Checkpoint ${beyond}`, beyond, count));
  return { ...walked.check, checkpoints: kept.length, covered };
}

/** Every kept checkpoint, the smallest first, if all are signed. */
async function readKept(
  database: Database,
  verifier: AuditVerifier,
): Promise<Checkpoint[] | { readonly kind: 'broken'; readonly reason: string }> {
  const all: Checkpoint[] = [];
  for (let after = -1; ;) {
    const rows = await readPage(database, after);
    for (const { size, note } of rows) {
      const checkpoint = openCheckpoint(note, verifier);
      if ('objection' in checkpoint) return broken(`Checkpoint ${size} was tampered with: ${checkpoint.objection}`);
      if (checkpoint.size !== size)
        return broken(`Checkpoint ${size} was tampered with: it is that of ${checkpoint.size}`);
      all.push(checkpoint);
      after = size;
    }
    if (rows.length < PAGE) return all;
  }
}

async function readPage(database: Database, after: number): Promise<Pick<CheckpointRow, 'size' | 'note'>[]> {
  return database.query(async (db) =>
    db
      .selectFrom('checkpoints')
      .select(['size', 'note'])
      .where('size', '>', after)
      .orderBy('size')
      .limit(PAGE)
      .execute(),
  );
}

/** Walks the chain and compares its tree with every expected root; `differs` is the first size at which it is another. */
async function walkWith(
  database: Database,
  expected: ReadonlyMap<number, string>,
): Promise<{ readonly check: ChainCheck; readonly differs: number | null }> {
  const tree = growTree(EMPTY_RANGE);
  let differs: number | null = null;
  const check = await walkChain(database, CHAIN_BEGIN, ({ seq, hash }) => {
    tree.push(hash);
    const root = expected.get(seq);
    if (root === undefined || differs !== null) return;
    if (Buffer.from(rootOf(tree.range()), 'hex').toString('base64') !== root) differs = seq;
  });
  return { check, differs };
}

function broken(reason: string): { readonly kind: 'broken'; readonly reason: string } {
  return { kind: 'broken', reason };
}

function rewritten(what: string, size: number): string {
  return `${what} was signed over other records than the first ${size} of this audit: the audit was rewritten`;
}

function cutOff(what: string, size: number, count: number): string {
  return `${what} covers ${size} records, this audit has ${count}: the newest ${size - count} were cut off`;
}
