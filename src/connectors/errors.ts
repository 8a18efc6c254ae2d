import type { FaultKind } from '#domain/fault.ts';

/** Faults that a vendor states before it acts. After any other, it may have acted. */
const STATED_BEFORE_ACTING: ReadonlySet<FaultKind> = new Set(['rate_limited', 'unauthorized', 'not_found', 'refused']);

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
   * Whether the vendor surely did not act on the call: the call never left, or the answer says so. False after a
   * time-out, a cut connection, a server's fault or an answer that cannot be read: it may have.
   */
  readonly isUndone: boolean;
  /** Whether an answer came at all, however useless. False: nobody knows what became of the call. */
  readonly isAnswered: boolean;

  constructor(fault: {
    kind: FaultKind;
    connector: string;
    message: string;
    retryAfterMs?: number;
    isUndone?: boolean;
    isAnswered?: boolean;
  }) {
    super(fault.message);
    this.kind = fault.kind;
    this.connector = fault.connector;
    this.retryAfterMs = fault.retryAfterMs;
    this.isAnswered = fault.isAnswered ?? false;
    this.isUndone = fault.isUndone ?? STATED_BEFORE_ACTING.has(fault.kind);
  }
}

/** Waits for a call and gives null where the vendor says that it does not know the thing. Other faults go on. */
export async function nullIfNotFound<Result>(call: Promise<Result>): Promise<Result | null> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === 'not_found') return null;
    throw error;
  }
}
