import { closeSync, existsSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { ServerFiles } from '#temporal/server/files.ts';
import type { Log } from '#temporal/server/log.ts';

/** Temporal's own namespace, which its housekeeping workflows live in (`primitives.SystemNamespaceID`). */
const SYSTEM_NAMESPACE = '32049b68787240948e63d0dd59896a83';

/**
 * Removes a database that no start has completed. The dev server makes its schema only when the file is missing
 * (temporalio/cli, `devserver/server.go`), so one killed half-way would refuse to start for ever. A file without the
 * ready mark that does hold work (a restored backup) is kept; one that cannot be read is left for a person, by throwing.
 */
export function removeUnfinishedDatabase(files: ServerFiles, log: Log): void {
  if (!existsSync(files.database)) return removeDatabase(files);
  if (existsSync(files.readyMark) || hasWork(files.database)) return;
  log.warn('The first start of the Temporal server was cut short; making its database anew');
  removeDatabase(files);
}

function removeDatabase(files: ServerFiles): void {
  for (const path of [files.readyMark, files.database, `${files.database}-wal`, `${files.database}-shm`]) {
    rmSync(path, { force: true });
  }
}

function hasWork(path: string): boolean {
  try {
    using database = new DatabaseSync(path);
    const isMade = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'executions'").get() !== undefined;
    if (!isMade) return false;
    const work = database.prepare('SELECT 1 FROM executions WHERE namespace_id <> ? LIMIT 1');
    return work.get(Buffer.from(SYSTEM_NAMESPACE, 'hex')) !== undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(objectionToDamage(path, reason), { cause: error });
  }
}

/** Says of a database that cannot be read why not, and what a person can do about it. */
export function objectionToDamage(path: string, reason: string): string {
  return `${path} cannot be read (${reason}). Restore it from a backup, or delete it and the files whose names begin with it to start empty.`;
}

/** Notes, durably, that the database has come through a whole start. Only then is its address given to anyone. */
export function markReady(files: ServerFiles): void {
  if (existsSync(files.readyMark)) return;
  const mark = openSync(files.readyMark, 'w');
  writeSync(mark, 'This database is complete; SocBot will not remake it.\n');
  fsyncSync(mark);
  closeSync(mark);
  const folder = openSync(dirname(files.readyMark), 'r');
  fsyncSync(folder);
  closeSync(folder);
}

/** The id of a namespace as the file has it, in lower-case hex, or null when there is none. */
export function readNamespaceId(path: string, namespace: string): string | null {
  using database = new DatabaseSync(path, { readOnly: true, timeout: 2000 });
  const row = database.prepare('SELECT id FROM namespaces WHERE name = ?').get(namespace);
  const id = row?.['id'];
  return id instanceof Uint8Array ? Buffer.from(id).toString('hex') : null;
}
