import { z } from 'zod';
import type { FaultKind } from '#domain/fault.ts';
import type { Answer, Reading } from './endpoint.ts';

/**
 * What a recorded answer must come out as, judged without any connector: a result, "we know nothing of it" (null, or
 * the fault `not_found`), or one of some faults.
 */
export type Expectation =
  | { readonly outcome: 'result' }
  | { readonly outcome: 'nothing' }
  | { readonly outcome: 'fault'; readonly faults: readonly FaultKind[] };

/** The word of abuse.ch in an answer whose HTTP status is always 200. */
const QueryStatus = z.object({ query_status: z.string() });

/** Errors that a body carries whatever its status says. */
const ErrorBody = z.union([
  z.object({ error: z.union([z.string().min(1), z.looseObject({}), z.literal(true)]) }),
  z.object({ errors: z.array(z.unknown()).min(1) }),
]);

/** Pi-hole's word, with status 400, for a database that it cannot use now; trying again helps. */
const LockedDatabase = z.object({ error: z.object({ key: z.literal('database_error') }) });

/** Words of a server that also tells a caller's mistake as a fault of its own; a proxy sends a page. */
const Words = z.object({ message: z.string().min(1) });

/** What the status and the body of an answer promise. */
export function expectationOf(answer: Answer): Expectation {
  if (answer.status >= 300) return { outcome: 'fault', faults: faultsOfStatus(answer) };
  if (answer.status === 204) return { outcome: 'result' };
  if (answer.json === undefined) return { outcome: 'fault', faults: ['malformed_response'] };
  const queryStatus = QueryStatus.safeParse(answer.json);
  if (queryStatus.success) return expectationOfWord(queryStatus.data.query_status);
  if (ErrorBody.safeParse(answer.json).success) {
    return { outcome: 'fault', faults: ['unauthorized', 'rate_limited', 'unreachable', 'not_found', 'refused'] };
  }
  return { outcome: 'result' };
}

function faultsOfStatus({ status, json }: Answer): readonly FaultKind[] {
  if (status < 400) return ['malformed_response'];
  if (status === 401) return ['unauthorized'];
  if (status === 403) return ['unauthorized', 'refused'];
  if (status === 404 || status === 410) return json === undefined ? ['not_found', 'malformed_response'] : ['not_found'];
  if (status === 429) return ['rate_limited'];
  if (status === 500 && Words.safeParse(json).success) return ['unreachable', 'refused', 'not_found'];
  if (status >= 500 || status === 408 || status === 425) return ['unreachable'];
  if (LockedDatabase.safeParse(json).success) return ['refused', 'unreachable'];
  return ['refused', 'unauthorized'];
}

function expectationOfWord(word: string): Expectation {
  if (word === 'ok') return { outcome: 'result' };
  if (/^no_results?$|not_found$/.test(word)) return { outcome: 'nothing' };
  if (/auth|api_key|blacklisted/.test(word)) return { outcome: 'fault', faults: ['unauthorized'] };
  if (/limit|quota/.test(word)) return { outcome: 'fault', faults: ['rate_limited'] };
  return { outcome: 'fault', faults: ['refused'] };
}

/** What is wrong with how an answer was read, in a few words; null if it was read as expected. */
export function objectionToReading(expected: Expectation, reading: Reading<unknown>): string | null {
  const { fault } = reading;
  const isNothing = fault === undefined && (reading.result === null || reading.result === undefined);
  switch (expected.outcome) {
    case 'result':
      if (fault !== undefined) return `expected a result, got ${fault.kind}: ${fault.message}`;
      return isNothing ? 'expected a result, got nothing' : null;
    case 'nothing':
      if (fault?.kind === 'not_found' || isNothing) return null;
      return `expected to know nothing, got ${fault === undefined ? 'a result' : `${fault.kind}: ${fault.message}`}`;
    case 'fault':
      if (fault !== undefined && expected.faults.includes(fault.kind)) return null;
      return `expected ${expected.faults.join(' or ')}, got ${fault === undefined ? 'a result' : fault.kind}`;
  }
}
