import type { Transaction } from 'kysely';
import { createAccountTables } from './account-tables.ts';
import { createCheckpointTable } from './checkpoints/table.ts';
import { createContainmentTables } from './containment-tables.ts';
import type { Database } from './database.ts';
import { createFirstTables } from './first-tables.ts';
import { createSecondFactorTables } from './second-factor-tables.ts';
import type { Tables } from './tables.ts';

/** One step each, in order, never changed once released; a new step goes to the end. */
const STEPS: readonly ((trx: Transaction<Tables>) => Promise<void>)[] = [
  createFirstTables,
  createContainmentTables,
  createSecondFactorTables,
  createCheckpointTable,
  createAccountTables,
];

/**
 * Brings the tables up to this version in one transaction, so that a kill leaves the old ones or the new ones and of
 * several processes one does the work. Throws in words where a newer SocBot has changed them.
 */
export async function migrate(database: Database): Promise<void> {
  await database.takeTurn('schema', async (trx) => {
    await trx.schema.createTable('schema_version').ifNotExists().addColumn('version', 'integer').execute();
    const row = await trx.selectFrom('schema_version').select('version').executeTakeFirst();
    const version = row?.version ?? 0;
    if (version > STEPS.length) throw new Error(objectionToVersion(version));
    if (version === STEPS.length) return;
    for (const step of STEPS.slice(version)) await step(trx);
    const next = { version: STEPS.length };
    await (row ? trx.updateTable('schema_version').set(next) : trx.insertInto('schema_version').values(next)).execute();
  });
}

function objectionToVersion(version: number): string {
  return `The store was written by a newer SocBot (schema ${version}, this one knows ${STEPS.length}). Start that version, or point this one to another store.`;
}
