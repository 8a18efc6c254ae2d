import type { Transaction } from 'kysely';
import { addTexts } from './add-texts.ts';
import type { Tables } from './tables.ts';

/** Creates the containment index: every hold that SocBot began in any system. */
export async function createContainmentTables(trx: Transaction<Tables>): Promise<void> {
  const texts = ['system', 'target', 'lease_id', 'until', 'asked_by', 'digest', 'state', 'attempt', 'begun_at'];
  await addTexts(trx.schema.createTable('leases'), texts)
    .addColumn('place', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('leases_key', ['system', 'target', 'lease_id'])
    .execute();
  await trx.schema.createIndex('leases_by_state').on('leases').columns(['state', 'system', 'target']).execute();
  await trx.schema.createIndex('leases_by_time').on('leases').columns(['begun_at']).execute();
}
