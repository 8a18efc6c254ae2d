import type { FaultKind } from '#domain/fault.ts';

/**
 * A fault of an outside system. The message says what, which call and which status, in our words: it goes to histories,
 * logs and cards, so it never holds a URL with a key, a header, or a raw answer. There is deliberately no `cause`.
 */
export class ConnectorError extends Error {
  override name = 'ConnectorError' as const;
  readonly kind: FaultKind;
  readonly connector: string;
  /** How long the vendor asks us to wait, in milliseconds. Only with `rate_limited` and `unreachable`. */
  readonly retryAfterMs: number | undefined;
  /**
   * Whether the vendor surely did not act on the call (refused connection, an answer that says so).
   * False after a time-out or a cut connection: it may have.
   */
  readonly isUndone: boolean;

  constructor(fault: {
    kind: FaultKind;
    connector: string;
    message: string;
    retryAfterMs?: number;
    isUndone?: boolean;
  }) {
    super(fault.message);
    this.kind = fault.kind;
    this.connector = fault.connector;
    this.retryAfterMs = fault.retryAfterMs;
    this.isUndone = fault.isUndone ?? fault.kind !== 'unreachable';
  }
}
