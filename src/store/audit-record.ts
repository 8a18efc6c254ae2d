import { createHash } from 'node:crypto';
import type { AuditRow } from './tables.ts';

/** What happened, to be kept for good. Texts from outside are welcome. */
export type AuditEntry = {
  /** ISO 8601, UTC. */
  readonly at: string;
  /** The person's name; null for strangers and for SocBot itself. */
  readonly who: string | null;
  readonly telegramId: number | null;
  readonly chat: number | null;
  readonly request: string | null;
  readonly action: string;
  readonly target?: string;
  readonly digest?: string;
  readonly outcome: string;
  readonly detail?: string;
  /** An entry whose key is on record already is not written again. */
  readonly key?: string;
};

/** Where a record stands in the chain. Hashes are SHA-256 in hex. */
export type AuditLink = { readonly seq: number; readonly previousHash: string; readonly hash: string };

/** An entry on record. */
export type AuditRecord = AuditEntry & AuditLink;

/** What the first record names as its predecessor. */
export const CHAIN_START = '0'.repeat(64);

/**
 * The record's hash: RFC 6962's leaf hash (a zero byte before the data) of its canonical JSON, the previous hash
 * included. Any change of any field gives another one.
 */
export function hashRecord(record: Omit<AuditRecord, 'hash'>): string {
  return createHash('sha256').update('\0').update(toCanonicalJson(record)).digest('hex');
}

/** JSON with sorted keys and no spaces, as RFC 8785 has it for flat objects of text, whole numbers and null. */
function toCanonicalJson(record: Readonly<Record<string, string | number | null>>): string {
  return JSON.stringify(Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1))));
}

/** The entry as both databases can give it back unchanged: well-formed text without NUL, which PostgreSQL refuses. */
export function toStorable(entry: AuditEntry): AuditEntry {
  const storable = Object.entries(entry)
    .filter(([, value]) => value !== undefined)
    .map(([field, value]) => [
      field,
      typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '\u2400') : value,
    ]);
  return Object.fromEntries(storable) as AuditEntry;
}

/** The row of a record. */
export function toAuditRow({ telegramId, previousHash, ...record }: AuditRecord): AuditRow {
  return {
    ...record,
    telegram_id: telegramId,
    previous_hash: previousHash,
    target: record.target ?? null,
    digest: record.digest ?? null,
    detail: record.detail ?? null,
    key: record.key ?? null,
  };
}

/** The record of a row. */
export function toAuditRecord(row: AuditRow): AuditRecord {
  const { telegram_id: telegramId, previous_hash: previousHash, target, digest, detail, key, ...record } = row;
  return {
    ...record,
    telegramId,
    previousHash,
    ...(target === null ? {} : { target }),
    ...(digest === null ? {} : { digest }),
    ...(detail === null ? {} : { detail }),
    ...(key === null ? {} : { key }),
  };
}
