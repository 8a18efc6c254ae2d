import type { z } from 'zod';
import type { FaultKind } from '#domain/fault.ts';

/** One answer of a vendor, whole: its status, its headers in lower case, its body as JSON (or undefined) and as text. */
export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly json: unknown;
  readonly text: string;
};

/** A fault that an answer means, before it is known which connector asked. */
export type AnswerFault = { readonly kind: FaultKind; readonly message: string; readonly retryAfterMs?: number };

/** What an answer turned out to be. */
export type Reading<Result> =
  | { readonly result: Result; readonly fault?: undefined }
  | { readonly fault: AnswerFault; readonly result?: undefined };

/**
 * One call of a vendor's interface, without the vendor: how its path looks and how its answers are read. Pure, so that
 * recorded answers can be read without a network.
 */
export type Endpoint<Result> = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** The vendor's path with `{placeholders}`, from the root of the host; a query string is not part of it. */
  readonly path: string;
  /** What a placeholder may hold, where the vendor has other calls of the same form, e.g. `/files/upload_url`. */
  readonly placeholders?: Readonly<Record<string, RegExp>>;
  /** Status 400 and above is always a fault; "we do not know it" is the fault `not_found`, if the vendor says so itself. */
  readonly read: (answer: Answer) => Reading<Result>;
};

/** Declares a call. */
export function defineEndpoint<Result>(endpoint: Endpoint<Result>): Endpoint<Result> {
  return endpoint;
}

/** Reads a body with a schema. A body that does not fit is a `malformed_response` that names the first field at fault. */
export function readAs<Schema extends z.ZodType>(schema: Schema, json: unknown): Reading<z.output<Schema>> {
  const parsed = schema.safeParse(json);
  if (parsed.success) return { result: parsed.data };
  const issue = parsed.error.issues[0];
  const where = issue && issue.path.length > 0 ? issue.path.map(String).join('.') : 'the body';
  return { fault: { kind: 'malformed_response', message: `unreadable answer: ${where.slice(0, 80)}` } };
}

/**
 * What a status of 300 or more means where the vendor has no words of its own for it. A bare 404 is not "unknown": a
 * wrong address or a proxy says 404 too. `not_found` is for those who have read the vendor's own words.
 */
export function faultOfStatus(answer: Answer): AnswerFault {
  const { status } = answer;
  const message = `HTTP ${status}`;
  const retryAfterMs = retryAfterOf(answer);
  const wait = retryAfterMs === undefined ? {} : { retryAfterMs };
  if (status === 401 || status === 403) return { kind: 'unauthorized', message };
  if (status === 404 || status === 410)
    return { kind: 'malformed_response', message: `${message}, but not in the vendor's words` };
  if (status === 429) return { kind: 'rate_limited', message, ...wait };
  if (status === 408 || status === 425 || status >= 500) return { kind: 'unreachable', message, ...wait };
  if (status >= 300 && status < 400)
    return { kind: 'malformed_response', message: `${message}: redirects are not followed` };
  if (status < 300) return { kind: 'malformed_response', message: `${message} was not expected` };
  return { kind: 'refused', message };
}

const SHORTEST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 24 * 60 * 60_000;

/**
 * `Retry-After` (RFC 9110, 10.2.3) in milliseconds, at least a second. Undefined if absent or absurd: not a time, in
 * the past, or more than a day away (daily quotas are the longest that any vendor has).
 */
export function retryAfterOf(answer: Answer, now: number = Date.now()): number | undefined {
  const header = answer.headers['retry-after']?.trim();
  if (!header) return undefined;
  const waitMs = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  if (!Number.isFinite(waitMs) || waitMs <= 0 || waitMs > LONGEST_WAIT_MS) return undefined;
  return Math.max(waitMs, SHORTEST_WAIT_MS);
}
