import type { FaultKind } from '#domain/fault.ts';

/** Failures of Node after which the call has surely not been sent. */
const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** Failures that mean an answer came, but not HTTP as it should be. */
const NOT_HTTP = /^(HPE_|Z_)/;

/** What a failed exchange means, in words fit for a card. `signals` tell our own time-out from the caller's abort. */
export function faultOfTransport(
  error: unknown,
  signals: { readonly deadline: AbortSignal; readonly caller: AbortSignal | undefined },
): { kind: FaultKind; message: string; isUndone: boolean } {
  if (signals.caller?.aborted) return { kind: 'unreachable', message: 'the call was cancelled', isUndone: false };
  if (signals.deadline.aborted) return { kind: 'unreachable', message: 'no answer in time', isUndone: false };
  const code = codeOf(error);
  if (code === undefined) return { kind: 'unreachable', message: 'the connection failed', isUndone: false };
  if (NOT_HTTP.test(code)) return { kind: 'malformed_response', message: code, isUndone: false };
  return { kind: 'unreachable', message: code, isUndone: NOT_SENT.has(code) };
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  return /^[A-Z][A-Z0-9_]{2,60}$/.test(error.code) ? error.code : undefined;
}
