import type { Kysely, Transaction } from 'kysely';
import { toStoreFault } from './store-unavailable.ts';
import type { Tables } from './tables.ts';

/** SQLite or PostgreSQL, behind one face. Every failure a repeat can heal is a StoreUnavailable. */
export type Database = {
  /** Runs one statement, a transaction of its own. */
  readonly query: <T>(statement: (db: Kysely<Tables>) => Promise<T>) => Promise<T>;
  /**
   * Runs one short transaction while nobody else, in any process, is in a transaction of the same turn. Committed and
   * on disk when it returns. `work` awaits nothing but the database.
   */
  readonly takeTurn: <T>(turn: string, work: (trx: Transaction<Tables>) => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
};

/** Wraps a connection. `holdTurn` keeps others out of the turn until the transaction ends, `toFault` says what callers see. */
export function createDatabase(
  kysely: Kysely<Tables>,
  holdTurn: (trx: Transaction<Tables>, turn: string) => Promise<void>,
  toFault: (error: unknown) => unknown = toStoreFault,
): Database {
  const translateFaults = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw toFault(error);
    }
  };
  return {
    query: async (statement) => translateFaults(async () => statement(kysely)),
    takeTurn: async (turn, work) =>
      translateFaults(async () =>
        kysely.transaction().execute(async (trx) => {
          await holdTurn(trx, turn);
          return work(trx);
        }),
      ),
    close: async () => kysely.destroy(),
  };
}
