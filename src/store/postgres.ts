import { CompiledQuery, type DatabaseConnection, Kysely, PostgresDialect, sql } from 'kysely';
import { Pool, types } from 'pg';
import { createDatabase, type Database } from './database.ts';
import type { Tables } from './tables.ts';

const CONNECTIONS = 10;
const CONNECT_TIMEOUT_MS = 5_000;

/**
 * Connects to PostgreSQL when first used. The address may hold a password and is never part of an error.
 * Whole numbers come back as numbers: SocBot stores none beyond 2^53.
 */
export function openPostgres(databaseUrl: string): Database {
  const pool = createPool(databaseUrl);
  // A broken idle connection ends the process where nobody listens; the next query reports it anyway.
  pool.on('error', () => {});
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool, onCreateConnection: configure }) });
  return createDatabase(kysely, async (trx, turn) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`socbot:${turn}`}, 0))`.execute(trx);
  });
}

function createPool(databaseUrl: string): Pool {
  try {
    // `new URL` and the driver name the whole address, password and all, in what they throw.
    const { protocol } = new URL(databaseUrl);
    if (protocol !== 'postgres:' && protocol !== 'postgresql:') throw new Error('not PostgreSQL');
    return new Pool({
      connectionString: databaseUrl,
      max: CONNECTIONS,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
      types: { getTypeParser: (id, format) => (id === types.builtins.INT8 ? Number : types.getTypeParser(id, format)) },
    });
  } catch {
    throw new Error('The database address is not of the form postgres://user:password@host:port/database');
  }
}

/** A server may be set to acknowledge commits before they are on disk; a lock or a statement may not hang for ever. */
async function configure(connection: DatabaseConnection): Promise<void> {
  await connection.executeQuery(
    CompiledQuery.raw(
      `select set_config('lock_timeout', '10s', false), set_config('statement_timeout', '30s', false),
       set_config('synchronous_commit', case current_setting('synchronous_commit') when 'off' then 'on'
       else current_setting('synchronous_commit') end, false)`,
    ),
  );
}
