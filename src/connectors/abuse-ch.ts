import { z } from 'zod';
import type { Answer, AnswerFault, Reading } from './endpoint.ts';
import { faultOfStatus, readAs } from './endpoint.ts';

/**
 * What the interfaces of abuse.ch (URLhaus, ThreatFox, MalwareBazaar) have in common: one free key for all of them,
 * and a `query_status` in every body that says what the HTTP status does not.
 * https://urlhaus-api.abuse.ch/ https://threatfox.abuse.ch/api/ https://bazaar.abuse.ch/api/
 */
const Envelope = z.object({ query_status: z.string() });

const NO_ACCESS = new Set(['unknown_auth_key', 'no_auth_key', 'no_api_key', 'unauthorized', 'user_blacklisted']);
const TOO_MANY = new Set(['rate_limited', 'rate_limit_exceeded', 'quota_exceeded']);

/**
 * Reads an answer with the schema of its `ok` body. A status in `nothing` means that the service does not know the
 * observable, and gives null; every other status is a fault, whatever HTTP says.
 */
export function readAbuseCh<Schema extends z.ZodType>(
  answer: Answer,
  schema: Schema,
  nothing: readonly string[],
): Reading<z.output<Schema> | null> {
  const envelope = readAs(Envelope, answer.json);
  if (answer.status >= 300) return { fault: faultOfStatus(answer) };
  if (envelope.fault !== undefined) return envelope;
  const status = envelope.result.query_status;
  if (status === 'ok') return readAs(schema, answer.json);
  if (nothing.includes(status)) return { result: null };
  return { fault: faultOfQueryStatus(status) };
}

function faultOfQueryStatus(status: string): AnswerFault {
  const message = /^\w{1,40}$/.test(status) ? `query_status ${status}` : 'an unreadable query_status';
  if (NO_ACCESS.has(status)) return { kind: 'unauthorized', message };
  if (TOO_MANY.has(status)) return { kind: 'rate_limited', message };
  return { kind: 'refused', message };
}

/** A count, which abuse.ch writes as a number here and as a string there. */
export const Count = z.union([
  z.int().nonnegative(),
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
]);

/** Tags of the community; decoration, like free text. */
export const Tags = z.array(z.string()).nullish().catch(null);

/** A time as abuse.ch writes it (`2019-01-19 01:33:26 UTC`, or without the zone) in ISO 8601; undefined if it is none. */
export function isoOf(time: string | null | undefined): string | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})(?: (\d{2}:\d{2}:\d{2}))?(?: UTC)?$/.exec(time ?? '');
  const at = new Date(`${match?.[1] ?? ''}T${match?.[2] ?? '00:00:00'}Z`);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}
