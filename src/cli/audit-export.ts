import { parseDuration } from '#domain/duration.ts';
import { parseRef, refOf } from '#domain/ids.ts';
import type { AuditRecord } from '#store/audit-record.ts';
import type { Store } from '#store/open-store.ts';
import { AUDIT_FORMATS, type AuditFormat } from './audit-formats.ts';
import { type AuditSources, demandAuditKey, readAuditConfig, withAuditStore } from './audit-store.ts';

/** What to export, as it was typed. */
export type ExportWish = {
  /** `24h`, or a time of ISO 8601. */
  readonly since?: string;
  /** A reference of four characters, or a request's id. */
  readonly request?: string;
  readonly format?: string;
};

type Selection = { readonly since?: string; readonly isWanted: (record: AuditRecord) => boolean };

/**
 * `socbot audit export`: writes the records, the oldest first, and at the end a checkpoint that covers them all, signed
 * for this. Only a few records are in memory at a time. Throws in words for a wish that cannot be read.
 */
export async function exportAudit(
  sources: AuditSources,
  wish: ExportWish,
  { write, now }: { readonly write: (text: string) => Promise<void>; readonly now: string },
): Promise<void> {
  const format = formatOf(wish.format ?? 'jsonl');
  const selection = selectionOf(wish, now);
  const config = readAuditConfig(sources);
  const key = demandAuditKey(config);
  await withAuditStore(config, async (store) => {
    const taking = await store.checkpoints.take(key, now);
    if (taking.kind === 'objection') throw new Error(`The audit cannot be signed: ${taking.reason}`);
    if (taking.kind === 'empty') throw new Error('The audit holds no record.');
    const { size, note } = taking.checkpoint;
    await write(format.head);
    for await (const record of recordsOf(store, selection, size)) await write(format.record(record));
    await write(format.checkpoint(note));
  });
}

async function* recordsOf(store: Store, { since, isWanted }: Selection, upTo: number): AsyncGenerator<AuditRecord> {
  for await (const record of store.audit.stream({ upTo, ...(since === undefined ? {} : { since }) }))
    if (isWanted(record)) yield record;
}

function formatOf(name: string): AuditFormat {
  const format = AUDIT_FORMATS[name];
  if (format) return format;
  throw new Error(`--format ${name} is not known; write ${Object.keys(AUDIT_FORMATS).join(' or ')}`);
}

function selectionOf({ since, request }: ExportWish, now: string): Selection {
  const from = since === undefined ? {} : { since: instantOf(since, now) };
  if (request === undefined) return { ...from, isWanted: () => true };
  const ref = parseRef(request);
  if (ref === null) return { ...from, isWanted: (record) => record.request === request };
  return { ...from, isWanted: (record) => record.request !== null && refOf(record.request) === ref };
}

function instantOf(text: string, now: string): string {
  const durationMs = parseDuration(text);
  const ms = durationMs === null ? Date.parse(text) : Date.parse(now) - durationMs;
  if (Number.isNaN(ms)) throw new Error(`--since ${text} is not a time; write 24h, or 2026-11-24T00:00:00Z`);
  return new Date(ms).toISOString();
}
