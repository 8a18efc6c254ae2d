import { parseDuration } from './duration.ts';
import { parseRef } from './ids.ts';
import type { Person } from './person.ts';

/** Which records of the audit somebody wants to see; all of them where nothing is set. */
export type AuditQuery = {
  /** The four characters of a request. */
  readonly ref?: string;
  /** One person's: under the name of today, or by one of the numeric ids. */
  readonly by?: { readonly name: string | null; readonly telegramIds: readonly number[] };
  /** ISO 8601; inclusive. */
  readonly since?: string;
};

const MOST_DIGITS = 15;

/**
 * Reads what stands behind `/audit`: nothing, `7K3M`, `@ana` or `@100000001`, `24h`. Null for anything else. A person who
 * is on no list any more is found by the name or the number of that time.
 */
export function parseAuditQuery(text: string, people: readonly Person[], now: string): AuditQuery | null {
  if (text === '') return {};
  const durationMs = parseDuration(text);
  if (durationMs !== null) return { since: new Date(Date.parse(now) - durationMs).toISOString() };
  if (text.startsWith('@')) return personIn(text.slice(1).trim(), people);
  const ref = parseRef(text);
  return ref === null ? null : { ref };
}

function personIn(text: string, people: readonly Person[]): AuditQuery | null {
  if (text === '') return null;
  const known = people.find(({ name }) => name.toLowerCase() === text.toLowerCase());
  if (known) return { by: { name: known.name, telegramIds: known.telegramIds } };
  const isNumber = /^\d+$/.test(text) && text.length <= MOST_DIGITS;
  return { by: isNumber ? { name: null, telegramIds: [Number(text)] } : { name: text, telegramIds: [] } };
}
