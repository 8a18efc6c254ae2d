import type { Transaction } from 'kysely';
import { type ChainCheck, verifyChain } from './audit-chain.ts';
import {
  type AuditEntry,
  type AuditLink,
  type AuditRecord,
  CHAIN_START,
  hashRecord,
  toAuditRecord,
  toAuditRow,
  toStorable,
} from './audit-record.ts';
import type { Database } from './database.ts';
import { toStoredInstant } from './instant.ts';
import type { Tables } from './tables.ts';

/** Which records to list. */
type AuditFilter = {
  readonly request?: string;
  /** Any of these requests. */
  readonly requests?: readonly string[];
  readonly who?: string;
  /** One person's: under a name, or from one of these accounts. */
  readonly by?: { readonly name: string | null; readonly telegramIds: readonly number[] };
  /** ISO 8601, UTC; inclusive. */
  readonly since?: string;
  /** ISO 8601, UTC; inclusive. */
  readonly until?: string;
  /** How many of the newest to leave out. */
  readonly offset?: number;
  readonly limit: number;
};

/** A part of the audit. */
type AuditSpan = {
  /** ISO 8601, UTC; inclusive. */
  readonly since?: string;
  /** The number of the last record. */
  readonly upTo: number;
};

/** How many records of a span are in memory at once. */
const PAGE = 500;

/** The record of what was asked, decided and done. Nothing here changes or removes a record. */
export type Audit = {
  /** Appends all entries in one commit, in order, and gives their places in the chain. */
  readonly append: (entries: readonly AuditEntry[]) => Promise<AuditLink[]>;
  /** The newest matching records, the newest first. */
  readonly list: (filter: AuditFilter) => Promise<AuditRecord[]>;
  /** All matching records up to a number, the oldest first, a few in memory at a time. */
  readonly stream: (span: AuditSpan) => AsyncGenerator<AuditRecord>;
  /** Walks the whole chain. */
  readonly verify: () => Promise<ChainCheck>;
};

/** The turn in which the chain grows. A change that must not be without its record is made in it, too. */
export const AUDIT_TURN = 'audit';

/** Appends in a transaction of the audit's turn: the change and its record are one commit. */
export async function appendInTurn(trx: Transaction<Tables>, entries: readonly AuditEntry[]): Promise<AuditLink[]> {
  return append(trx, toStorables(entries));
}

/** Creates the audit over an open database. */
export function createAudit(database: Database): Audit {
  return {
    append: async (entries) => {
      const storable = toStorables(entries);
      return database.takeTurn(AUDIT_TURN, async (trx) => append(trx, storable));
    },
    list: async (filter) => list(database, filter),
    stream: (span) => stream(database, span),
    verify: async () => verifyChain(database),
  };
}

function toStorables(entries: readonly AuditEntry[]): AuditEntry[] {
  return entries.map((entry) => toStorable({ ...entry, at: toStoredInstant(entry.at) }));
}

async function append(trx: Transaction<Tables>, entries: readonly AuditEntry[]): Promise<AuditLink[]> {
  const links: AuditLink[] = [];
  let last = await readLink(trx, null);
  for (const entry of entries) {
    const known = entry.key === undefined ? undefined : await readLink(trx, entry.key);
    const link = known ?? (await appendAfter(trx, last, entry));
    if (!known) last = link;
    links.push(link);
  }
  return links;
}

async function appendAfter(
  trx: Transaction<Tables>,
  last: AuditLink | undefined,
  entry: AuditEntry,
): Promise<AuditLink> {
  const place = { seq: (last?.seq ?? 0) + 1, previousHash: last?.hash ?? CHAIN_START };
  const link = { ...place, hash: hashRecord({ ...entry, ...place }) };
  await trx
    .insertInto('audit')
    .values(toAuditRow({ ...entry, ...link }))
    .execute();
  return link;
}

/** The place of the record with a key, or of the last record. */
async function readLink(trx: Transaction<Tables>, key: string | null): Promise<AuditLink | undefined> {
  const places = trx.selectFrom('audit').select(['seq', 'previous_hash as previousHash', 'hash']);
  const query = key === null ? places.orderBy('seq', 'desc').limit(1) : places.where('key', '=', key);
  return query.executeTakeFirst();
}

async function list(database: Database, filter: AuditFilter): Promise<AuditRecord[]> {
  const { request, requests, who, by, since, until, offset = 0, limit } = filter;
  const rows = await database.query(async (db) => {
    let query = db.selectFrom('audit').selectAll().orderBy('seq', 'desc').limit(limit).offset(offset);
    if (requests !== undefined) query = query.where('request', 'in', requests);
    if (by !== undefined)
      query = query.where((where) =>
        where.or([where('who', '=', by.name), ...by.telegramIds.map((id) => where('telegram_id', '=', id))]),
      );
    if (until !== undefined) query = query.where('at', '<=', toStoredInstant(until));
    if (request !== undefined) query = query.where('request', '=', request);
    if (who !== undefined) query = query.where('who', '=', who);
    if (since !== undefined) query = query.where('at', '>=', toStoredInstant(since));
    return query.execute();
  });
  return rows.map((row) => toAuditRecord(row));
}

async function* stream(database: Database, { since, upTo }: AuditSpan): AsyncGenerator<AuditRecord> {
  for (let after = 0; ;) {
    const rows = await database.query(async (db) => {
      const page = db.selectFrom('audit').selectAll().orderBy('seq').limit(PAGE);
      const part = page.where('seq', '>', after).where('seq', '<=', upTo);
      return (since === undefined ? part : part.where('at', '>=', toStoredInstant(since))).execute();
    });
    for (const row of rows) yield toAuditRecord(row);
    const last = rows.at(-1);
    if (rows.length < PAGE || !last) return;
    after = last.seq;
  }
}
