import type { Database } from './database.ts';
import { toStoredInstant } from './instant.ts';

/** A remembered value and when it was set (ISO 8601, UTC). */
type Mark = { readonly value: string; readonly at: string };

/** A few remembered facts by name, such as the last successful poll of Telegram. The last one to set wins. */
export type Marks = {
  readonly set: (name: string, value: string, now: string) => Promise<void>;
  readonly get: (name: string) => Promise<Mark | null>;
};

/** Creates the marks over an open database. */
export function createMarks(database: Database): Marks {
  return {
    set: async (name, value, now) => {
      const row = { value, set_at: toStoredInstant(now) };
      await database.query(async (db) =>
        db
          .insertInto('marks')
          .values({ name, ...row })
          .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
          .execute(),
      );
    },
    get: async (name) => {
      const row = await database.query(async (db) =>
        db.selectFrom('marks').select(['value', 'set_at']).where('name', '=', name).executeTakeFirst(),
      );
      return row ? { value: row.value, at: row.set_at } : null;
    },
  };
}
