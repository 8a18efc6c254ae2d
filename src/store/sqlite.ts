import { closeSync, openSync, realpathSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import {
  CompiledQuery,
  type DatabaseConnection,
  Kysely,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
} from 'kysely';
import { createDatabase, type Database } from './database.ts';
import { createNodeSqlite } from './node-sqlite.ts';
import { shareDatabase } from './shared-databases.ts';
import { toStoreFault } from './store-unavailable.ts';
import type { Tables } from './tables.ts';

/** How long a statement waits for another process's short transaction before it gives up. */
const BUSY_TIMEOUT_MS = 5_000;

/** Opens or creates a SQLite file that several processes of this machine may share. Only its owner can read it. */
export function openSqlite(file: string): Database {
  try {
    createPrivateFile(file);
    return shareDatabase(realpathSync(file), open);
  } catch (error) {
    throw toFileFault(file, error);
  }
}

/** A damage may lie anywhere in a file, so it shows itself at any time. */
function toFileFault(file: string, error: unknown): unknown {
  if (!isDamaged(error)) return toStoreFault(error);
  return new Error(`${file} is damaged, or not a database of SocBot. ${WAYS_OUT}`, { cause: error });
}

const WAYS_OUT = 'Bring back a copy of it, or move it away: look-ups, blocks and the audit begin anew then.';

/** `SQLITE_CORRUPT` and `SQLITE_NOTADB` (https://www.sqlite.org/rescode.html). */
function isDamaged(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && [11, 26].includes(Number(error.errcode) % 256);
}

function open(file: string): Database {
  const kysely = new Kysely<Tables>({ dialect: new ImmediateDialect(connect(file)) });
  // Immediate transactions already stand in one line for the whole file.
  return createDatabase(
    kysely,
    async () => {},
    (error) => toFileFault(file, error),
  );
}

/** A commit is on disk when it returns; `fullfsync` makes that true on macOS, where fsync alone is not enough. */
function connect(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    const mode = db.prepare('pragma journal_mode = wal').get()?.['journal_mode'];
    if (mode !== 'wal') throw new Error(`SQLite cannot use a write-ahead log here: ${file}. Use a local disk.`);
    db.exec('pragma synchronous = full; pragma fullfsync = on');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * Only ever creates. Opening and closing an existing file here would drop the locks that this process holds on it
 * through another connection (https://www.sqlite.org/howtocorrupt.html, 2.2).
 */
function createPrivateFile(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

class ImmediateDialect extends SqliteDialect {
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    super({ database: createNodeSqlite(db) });
    this.#db = db;
  }

  override createDriver(): SqliteDriver {
    return new ImmediateDriver(this.#db, { database: createNodeSqlite(this.#db) });
  }
}

class ImmediateDriver extends SqliteDriver {
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync, config: SqliteDialectConfig) {
    super(config);
    this.#db = db;
  }

  /** A transaction that reads first and writes later would fail when another process writes in between. */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  /** A full disk has rolled back already; a second rollback would fail and hide why. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#db.isTransaction) await connection.executeQuery(CompiledQuery.raw('rollback'));
  }
}
