import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditKeyOf } from '#store/checkpoints/audit-key.ts';
import { openStore, type StorePlace } from '#store/open-store.ts';
import { startPostgres } from '#support/postgres.ts';
import { startWriter } from './child/start.ts';
import { databases, startSqlite, type TestDatabase } from './databases.ts';
import { runSql } from './raw-sql.ts';

/** How many kills; more of them by hand: TEST_KILL_ROUNDS=90. A third of them hits the first start. */
const KILLS = Number(process.env['TEST_KILL_ROUNDS'] ?? 6);
const FIRST_STARTS = Math.ceil(KILLS / 3);
const ROUNDS = KILLS - FIRST_STARTS;

/** Signs as the writer does. */
const KEY = auditKeyOf(new Uint8Array(32).fill(1));

describe('a store on SQLite', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await startSqlite();
  });
  afterAll(async () => database.stop());

  it(
    'has every acknowledged commit after kill -9, and an audit that verifies',
    async () => {
      const place = await database.createPlace();
      let acknowledged = 0;

      for (let round = 0; round < ROUNDS; round += 1) {
        acknowledged = await writeUntilKilled(place, acknowledged + 1, 1 + ((round * 37) % 50));
        await expectAllThere(place, acknowledged);
      }

      expect(acknowledged).toBeGreaterThan(ROUNDS);
    },
    20_000 + ROUNDS * 5_000,
  );

  it(
    'opens after kill -9 at any moment of its first start',
    async () => {
      for (let round = 0; round < FIRST_STARTS; round += 1) {
        const place = await database.createPlace();

        await killWhileOpening(place, (round * 7) % 20);

        const store = await openStore(place);
        expect(await store.audit.verify()).toMatchObject({ kind: 'intact' });
        await store.close();
      }
    },
    20_000 + KILLS * 5_000,
  );
});

describe.skipIf(databases.some((one) => one.skipped !== null))('a store on PostgreSQL', () => {
  it('says that it is unavailable while the server is down, and has every acknowledged commit afterwards', async () => {
    const server = await startPostgres();
    try {
      const place = { databaseUrl: await server.createSpace() };
      const store = await openStore(place);
      const acknowledged = await writeUntilKilled(place, 1, 20);

      await server.kill();
      await expect(store.audit.verify()).rejects.toMatchObject({ name: 'StoreUnavailable' });
      await expect(openStore(place)).rejects.toMatchObject({ name: 'StoreUnavailable' });
      await server.restart();

      await expectAllThere(place, acknowledged);
      expect(await store.audit.verify()).toMatchObject({ kind: 'intact' });
      await store.close();
    } finally {
      await server.stop();
    }
  });
});

/** Lets a writer acknowledge so many rounds, kills it in the midst of the next, and gives the last it had acknowledged. */
async function writeUntilKilled(place: StorePlace, first: number, rounds: number): Promise<number> {
  const writer = startWriter(place, first);
  const exited = once(writer, 'exit');
  let last = first - 1;
  for await (const line of createInterface(writer.stdout ?? process.stdin)) {
    if (line !== 'opening') last = Number(line);
    if (last - first >= rounds - 1) writer.kill('SIGKILL');
  }
  await exited;
  return last;
}

/** Kills a process so many milliseconds after it began to create the store; it takes some ten to do so. */
async function killWhileOpening(place: StorePlace, afterMs: number): Promise<void> {
  const writer = startWriter(place, 1);
  const exited = once(writer, 'exit');
  await once(createInterface(writer.stdout ?? process.stdin), 'line');
  const startedAt = performance.now();
  while (performance.now() - startedAt < afterMs) await new Promise(setImmediate);
  writer.kill('SIGKILL');
  await exited;
}

async function expectAllThere(place: StorePlace, acknowledged: number): Promise<void> {
  const store = await openStore(place);
  const check = await store.audit.verify();
  await store.checkpoints.take(KEY, '2026-03-02T10:00:00.000Z');
  const signed = await store.checkpoints.verify(KEY, null);
  const blocks = new Set((await store.blockList.list()).map((block) => block.target));
  const effects = await store.blockList.listEffects();
  await store.close();
  const calls = await runSql(place, 'select observable_key from lookup_calls');
  const asked = new Set(calls.map((call) => call['observable_key']));
  const names = Array.from({ length: acknowledged }, (_, n) => `round-${n + 1}`);
  expect(check.kind).toBe('intact');
  expect(signed).toMatchObject({ kind: 'intact', covered: check.kind === 'intact' ? check.count : -1 });
  expect(names.filter((name) => !blocks.has(name) || !asked.has(name))).toEqual([]);
  expect(check.kind === 'intact' && check.count).toBeGreaterThanOrEqual(2 * acknowledged);
  expect(effects).toHaveLength(blocks.size);
}
