import type { AuditRecord } from '#store/audit-record.ts';

/** A way to write the audit down, in pieces that each end their line. */
export type AuditFormat = {
  readonly head: string;
  readonly record: (record: AuditRecord) => string;
  readonly checkpoint: (note: string) => string;
};

const COLUMNS = [
  'seq',
  'at',
  'who',
  'telegramId',
  'chat',
  'request',
  'action',
  'target',
  'digest',
  'outcome',
  'detail',
  'key',
  'previousHash',
  'hash',
] as const satisfies readonly (keyof AuditRecord)[];

/**
 * `jsonl`: one object a line, the checkpoint in the last. `csv`: RFC 4180, with a head; the last row has `checkpoint` in
 * its first column and the note in its second.
 */
export const AUDIT_FORMATS: Readonly<Record<string, AuditFormat>> = {
  jsonl: {
    head: '',
    record: (record) => `${JSON.stringify(record)}\n`,
    checkpoint: (note) => `${JSON.stringify({ checkpoint: note })}\n`,
  },
  csv: {
    head: toRow([...COLUMNS]),
    record: (record) => toRow(COLUMNS.map((column) => record[column] ?? null)),
    checkpoint: (note) => toRow(COLUMNS.map((_, at) => [`checkpoint`, note][at] ?? null)),
  },
};

function toRow(values: readonly (string | number | null)[]): string {
  return `${values.map(toField).join(',')}\r\n`;
}

/**
 * Texts from outside may begin like a formula, which a spreadsheet would run: an apostrophe in front keeps it a text
 * (https://owasp.org/www-community/attacks/CSV_Injection). The bare text is in the other format.
 */
function toField(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
