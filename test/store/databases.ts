import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StorePlace } from '#store/open-store.ts';
import { objectionToPostgres, startPostgres } from '#support/postgres.ts';

/** A running database that gives each test an empty place of its own. */
export type TestDatabase = {
  readonly createPlace: () => Promise<StorePlace>;
  readonly stop: () => Promise<void>;
};

const objection = objectionToPostgres();

/** Both databases that a store runs on; `skipped` says why one cannot be had here. */
export const databases = [
  { name: 'SQLite', skipped: null, start: startSqlite },
  { name: objection === null ? 'PostgreSQL' : `PostgreSQL (${objection})`, skipped: objection, start: startServer },
];

/** A folder of files. */
export async function startSqlite(): Promise<TestDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'socbot-store-'));
  let files = 0;
  return {
    createPlace: async () => {
      files += 1;
      return { file: join(folder, `${files}.db`) };
    },
    stop: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function startServer(): Promise<TestDatabase> {
  const server = await startPostgres({ isDurable: false });
  return {
    createPlace: async () => ({ databaseUrl: await server.createSpace() }),
    stop: server.stop,
  };
}
