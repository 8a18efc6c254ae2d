import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, inject, it } from 'vitest';
import { createScratchDirectory } from '#support/scratch-directory.ts';
import { awaitHealthy } from '#temporal/server/health.ts';
import type { LaunchedServer } from '#temporal/server/launch.ts';

/** A launched process that neither ends nor listens. */
const QUIET: LaunchedServer = {
  pid: 0,
  exited: new Promise(() => {}),
  hasExited: () => false,
  lastWords: () => [],
  stop: () => Promise.resolve(),
};

function createDatabase(): string {
  const path = join(createScratchDirectory(), 'temporal.db');
  using database = new DatabaseSync(path);
  database.exec("CREATE TABLE namespaces (id BLOB, name TEXT); INSERT INTO namespaces VALUES (x'00', 'default')");
  return path;
}

describe('the health of a server that was launched', () => {
  it('is not what another Temporal answers on the same port', async () => {
    const port = Number(inject('temporalAddress').split(':')[1]);
    const database = createDatabase();

    const objection = await awaitHealthy(QUIET, { port, uiPort: port }, database, AbortSignal.timeout(500));

    expect(objection).toContain(`another Temporal answers on port ${port}`);
  });

  it('is refused at once when the process has ended', async () => {
    const ended = { ...QUIET, hasExited: () => true, exited: Promise.resolve('ended with code 1') };

    const objection = await awaitHealthy(ended, { port: 1, uiPort: 1 }, '/nowhere', new AbortController().signal);

    expect(objection).toBe('it ended with code 1');
  });
});
