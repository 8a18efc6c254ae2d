import { mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

/** The files that the dev server and its supervision keep in the data directory; all absolute. */
export type ServerFiles = {
  readonly database: string;
  /** Present once the database has been through one whole start. */
  readonly readyMark: string;
  /** The ports of the last start. */
  readonly ports: string;
  readonly log: string;
};

/** Names the files, creating the directory where it is missing. */
export function serverFilesIn(dataDir: string): ServerFiles {
  mkdirSync(dataDir, { recursive: true });
  const dir = realpathSync(dataDir);
  const database = join(dir, 'temporal.db');
  return {
    database,
    readyMark: `${database}.ready`,
    ports: join(dir, 'temporal-ports.json'),
    log: join(dir, 'temporal.log'),
  };
}
