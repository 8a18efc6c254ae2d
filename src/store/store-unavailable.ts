/**
 * The store cannot be used right now: away, full, locked or restarting. Nothing is wrong with the call itself, so it may
 * be repeated; whether the failed one took effect is unknown. There is no `cause`: a driver's error can hold a password.
 */
export class StoreUnavailable extends Error {
  override name = 'StoreUnavailable' as const;
  /** The database's or the operating system's code, e.g. `SQLITE_FULL`, `53100`, `ECONNREFUSED`. */
  readonly code: string;

  constructor(code: string) {
    super(`The store is not available (${code})`);
    this.code = code;
  }
}

/** Result codes of https://www.sqlite.org/rescode.html that time, space or a mount can heal. */
const SQLITE_CODES = new Map([
  [5, 'SQLITE_BUSY'],
  [6, 'SQLITE_LOCKED'],
  [7, 'SQLITE_NOMEM'],
  [8, 'SQLITE_READONLY'],
  [10, 'SQLITE_IOERR'],
  [13, 'SQLITE_FULL'],
  [14, 'SQLITE_CANTOPEN'],
  [15, 'SQLITE_PROTOCOL'],
]);

/**
 * Classes and codes of https://www.postgresql.org/docs/current/errcodes-appendix.html: connection, resources, operator
 * intervention (restart, cancel), system error, rolled back for concurrency, lock time-out, read-only standby.
 */
const POSTGRES_CODE = /^(08|53|57|58|40)[0-9A-Z]{3}$|^55P03$|^25006$/;

/** What node-postgres throws without a code when a connection is gone or none could be had. */
const LOST_CONNECTION = /connection terminated|connection error|timeout exceeded when trying to connect/i;

/** The error as callers shall see it: StoreUnavailable where a repeat can help, else the error itself. */
export function toStoreFault(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { code, errcode, syscall } = error as Error & { code?: unknown; errcode?: unknown; syscall?: unknown };
  if (typeof errcode === 'number') {
    // The low byte is the primary code; the rest says more.
    const name = SQLITE_CODES.get(errcode % 256);
    return name === undefined ? error : new StoreUnavailable(name);
  }
  if (typeof code === 'string' && (syscall !== undefined || POSTGRES_CODE.test(code)))
    return new StoreUnavailable(code);
  // Both address families refused: Node bundles the two errors and keeps the code.
  if (error instanceof AggregateError && typeof code === 'string') return new StoreUnavailable(code);
  return LOST_CONNECTION.test(error.message) ? new StoreUnavailable('CONNECTION_LOST') : error;
}
