import type { Kysely } from 'kysely';
import type { Database } from './database.ts';
import { toStoredInstant } from './instant.ts';
import type { Tables } from './tables.ts';

/** A remembered value and when it was set (ISO 8601, UTC). */
type Mark = { readonly value: string; readonly at: string };

/** Small remembered facts by name: the last successful poll of Telegram, what an offer is marked as. The last to set wins. */
export type Marks = {
  readonly set: (name: string, value: string, now: string) => Promise<void>;
  /** Sets what `next` makes of the present value, with nobody in between; leaves it where that is null. */
  readonly change: (name: string, next: (value: string | null) => string | null, now: string) => Promise<void>;
  readonly get: (name: string) => Promise<Mark | null>;
};

/** Creates the marks over an open database. */
export function createMarks(database: Database): Marks {
  return {
    set: async (name, value, now) => database.query(async (db) => write(db, { name, value, now })),
    change: async (name, next, now) =>
      database.takeTurn('marks', async (trx) => {
        const value = next((await read(trx, name))?.value ?? null);
        if (value !== null) await write(trx, { name, value, now });
      }),
    get: async (name) => {
      const row = await database.query(async (db) => read(db, name));
      return row ? { value: row.value, at: row.set_at } : null;
    },
  };
}

async function read(db: Kysely<Tables>, name: string) {
  return db.selectFrom('marks').select(['value', 'set_at']).where('name', '=', name).executeTakeFirst();
}

async function write(db: Kysely<Tables>, mark: { name: string; value: string; now: string }): Promise<void> {
  const { name, value } = mark;
  const row = { value, set_at: toStoredInstant(mark.now) };
  await db
    .insertInto('marks')
    .values({ name, ...row })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
    .execute();
}
