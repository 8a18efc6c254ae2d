import type { Transaction } from 'kysely';
import { addTexts } from './add-texts.ts';
import type { Tables } from './tables.ts';

/** Creates the table of people's authenticators. */
export async function createSecondFactorTables(trx: Transaction<Tables>): Promise<void> {
  await addTexts(trx.schema.createTable('second_factors'), ['secret', 'enrolled_at'])
    .addColumn('person', 'text', (column) => column.primaryKey())
    .addColumn('last_step', 'integer', (column) => column.notNull())
    .addColumn('failures', 'integer', (column) => column.notNull())
    .addColumn('locked_until', 'text')
    .addColumn('last_key', 'text')
    .addColumn('last_answer', 'text')
    .execute();
}
