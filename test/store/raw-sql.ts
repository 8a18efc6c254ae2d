import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import type { StorePlace } from '#store/open-store.ts';

/** Runs SQL behind the store's back, as an intruder or a later release would; gives the rows. */
export async function runSql(place: StorePlace, sql: string): Promise<Record<string, unknown>[]> {
  if ('databaseUrl' in place) {
    const client = new Client(place.databaseUrl);
    await client.connect();
    const { rows } = await client.query<Record<string, unknown>>(sql);
    await client.end();
    return rows;
  }
  const db = new DatabaseSync(place.file, { timeout: 5_000 });
  const rows = db.prepare(sql).all();
  db.close();
  return rows;
}
