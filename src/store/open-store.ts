import { type Accounts, createAccounts } from './accounts.ts';
import { type Audit, createAudit } from './audit.ts';
import { type BlockList, createBlockList } from './block-list.ts';
import { type Checkpoints, createCheckpoints } from './checkpoints/checkpoints.ts';
import type { Database } from './database.ts';
import { createLeases, type Leases } from './leases.ts';
import { createLookups, type Lookups } from './lookups.ts';
import { createMarks, type Marks } from './marks.ts';
import { migrate } from './schema.ts';
import { createSecondFactors, type SecondFactors } from './second-factors.ts';
import { openSqlite } from './sqlite.ts';

/** A SQLite file for one machine, or a PostgreSQL address to scale out. */
export type StorePlace = { readonly file: string } | { readonly databaseUrl: string };

/**
 * What SocBot remembers outside Temporal. Every call is one short transaction, on disk when it returns; the caller
 * says what time it is. A StoreUnavailable may be tried again.
 */
export type Store = {
  readonly lookups: Lookups;
  readonly blockList: BlockList;
  readonly leases: Leases;
  readonly audit: Audit;
  readonly checkpoints: Checkpoints;
  readonly marks: Marks;
  readonly accounts: Accounts;
  /** Authenticators, whose secrets these keys open. */
  readonly secondFactors: (keys: readonly Uint8Array[]) => SecondFactors;
  readonly close: () => Promise<void>;
};

/**
 * Opens the store and brings its tables up to date. Any number of processes may open one store at once. Throws
 * StoreUnavailable when it is away, and in words when a newer SocBot wrote it.
 */
export async function openStore(place: StorePlace): Promise<Store> {
  const database = await connect(place);
  try {
    await migrate(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  return {
    lookups: createLookups(database),
    blockList: createBlockList(database),
    leases: createLeases(database),
    audit: createAudit(database),
    checkpoints: createCheckpoints(database),
    marks: createMarks(database),
    accounts: createAccounts(database),
    secondFactors: (keys) => createSecondFactors(database, keys),
    close: database.close,
  };
}

async function connect(place: StorePlace): Promise<Database> {
  if ('file' in place) return openSqlite(place.file);
  // Loaded only where it is used: it would slow every start by its 50 ms.
  const { openPostgres } = await import('./postgres.ts');
  return openPostgres(place.databaseUrl);
}
