import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { expect, inject, it } from 'vitest';
import { findQuietPort } from '#support/free-port.ts';
import { createScratchDirectory } from '#support/scratch-directory.ts';
import { startDevServer } from '#temporal/dev-server.ts';
import { serverFilesIn } from '#temporal/server/files.ts';

const PAGE = 4096;

it.each([
  ['its header', 'file is not a database', (file: string) => overwrite(file, 0)],
  ['all but its header', 'database disk image is malformed', (file: string) => overwrite(file, PAGE)],
  ['its end', 'database disk image is malformed', (file: string) => truncateSync(file, 10 * PAGE)],
])('names a database that has lost %s, and what can be done about it', async (_, reason, damage) => {
  const dataDir = createScratchDirectory();
  const files = serverFilesIn(dataDir);
  const ports = { port: await findQuietPort(), uiPort: await findQuietPort() };
  const log = { info() {}, warn() {} };
  const options = { binary: inject('temporalBinary'), dataDir, ...ports, searchAttributes: {}, log };
  await (await startDevServer(options)).stop();
  emptyJournal(files.database);
  damage(files.database);

  const again = startDevServer(options);

  await expect(again).rejects.toThrow(`${files.database} cannot be read (${reason}). Restore it`);
});

/** What lies in the journal would heal the damage. */
function emptyJournal(file: string): void {
  using database = new DatabaseSync(file);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
}

/** Leaves `kept` bytes as they are. */
function overwrite(file: string, kept: number): void {
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.fill(0xa5, kept));
}
