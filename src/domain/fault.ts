/**
 * The ways an outside system fails us. Only `unreachable` and `rate_limited` are worth trying again; an expected "no"
 * (unknown hash, host offline) is a value and not a fault.
 */
export const FAULT_KINDS = [
  'unreachable',
  'rate_limited',
  'unauthorized',
  'not_found',
  'refused',
  'malformed_response',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** Whether trying the same call again later can help. */
export function isRetryable(kind: FaultKind): boolean {
  return kind === 'unreachable' || kind === 'rate_limited';
}
