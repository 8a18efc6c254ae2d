import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The right to be the only SocBot on a data directory. `release` may be called twice. */
export type DataLock = { release(): void };

/** Referenced here so that a lock whose owner forgot it is not closed, and so given up, by garbage collection. */
const held = new Set<DatabaseSync>();

/**
 * Takes a data directory, creating it where it is missing. Throws with text for a person when another process has it,
 * naming that process, or when the directory cannot be written.
 *
 * The lock is SQLite's own on an empty file: the operating system gives it up with the process, however it dies, so no
 * lock is ever stale and no process number is ever mistaken for another.
 */
export function lockDataDirectory(dir: string): DataLock {
  const file = join(dir, 'socbot.lock');
  const database = openLock(dir, file);
  try {
    database.exec('BEGIN IMMEDIATE');
    writeHolder(file);
  } catch (error) {
    database.close();
    throw new Error(explainRefusal(dir, file, error), { cause: error });
  }
  held.add(database);
  return {
    release() {
      if (held.delete(database)) database.close();
    },
  };
}

function openLock(dir: string, file: string): DatabaseSync {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    return new DatabaseSync(file, { timeout: 0 });
  } catch (error) {
    throw new Error(explainUnusable(dir, error), { cause: error });
  }
}

/** Who has the lock, for the refusal of the next one. Only read while somebody holds the lock, so it may be stale. */
function writeHolder(file: string): void {
  const holder = { pid: process.pid, host: hostname(), since: new Date().toISOString() };
  writeFileSync(`${file}.holder`, JSON.stringify(holder));
}

/** Of https://www.sqlite.org/rescode.html. */
const SQLITE_BUSY = 5;
const SQLITE_READONLY = 8;
const SQLITE_CANTOPEN = 14;

/** What a missing right is called by the operating system and by SQLite. */
const NO_RIGHT: readonly unknown[] = ['EACCES', 'EPERM', 'EROFS', SQLITE_READONLY, SQLITE_CANTOPEN];

function explainRefusal(dir: string, file: string, error: unknown): string {
  const code = codeOf(error);
  if (code === SQLITE_BUSY)
    return `Another SocBot already runs on ${dir}${nameHolder(file)}. Stop it first, or give this one another directory.`;
  if (typeof code !== 'number' || NO_RIGHT.includes(code)) return explainUnusable(dir, error);
  return `The data directory ${dir} cannot be locked: ${reasonOf(error)}. If no SocBot runs on it, delete ${file}.`;
}

function explainUnusable(dir: string, error: unknown): string {
  if (NO_RIGHT.includes(codeOf(error)))
    return `SocBot may not write to the data directory ${dir}. Let the user that it runs as own it, or give it another.`;
  return `The data directory ${dir} cannot be used: ${reasonOf(error)}.`;
}

/** SQLite's primary code, which is the low byte of its own, or the name that the operating system gives. */
function codeOf(error: unknown): unknown {
  if (!(error instanceof Error)) return undefined;
  if ('errcode' in error) return Number(error.errcode) % 256;
  return 'code' in error ? error.code : undefined;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function nameHolder(file: string): string {
  try {
    const holder: unknown = JSON.parse(readFileSync(`${file}.holder`, 'utf8'));
    if (typeof holder !== 'object' || holder === null) return '';
    const pid = 'pid' in holder && typeof holder.pid === 'number' ? holder.pid : null;
    const host = 'host' in holder && typeof holder.host === 'string' ? holder.host : hostname();
    const since = 'since' in holder && typeof holder.since === 'string' ? `, since ${holder.since}` : '';
    const where = host === hostname() ? '' : ` on ${host}`;
    return pid === null ? '' : ` (process ${pid}${where}${since})`;
  } catch {
    // The holder may be writing this very moment; that it holds the lock is what counts.
    return '';
  }
}
