import type { Transaction } from 'kysely';
import { addTexts } from './add-texts.ts';
import type { Tables } from './tables.ts';

/** Creates the tables of people's authenticators, and of what was answered to their codes. */
export async function createSecondFactorTables(trx: Transaction<Tables>): Promise<void> {
  await addTexts(trx.schema.createTable('second_factors'), ['secret', 'enrolled_at'])
    .addColumn('person', 'text', (column) => column.primaryKey())
    .addColumn('last_step', 'integer', (column) => column.notNull())
    .addColumn('failures', 'integer', (column) => column.notNull())
    .addColumn('locked_until', 'text')
    .execute();
  await addTexts(trx.schema.createTable('second_factor_answers'), ['person', 'key', 'at', 'answer'])
    .addPrimaryKeyConstraint('second_factor_answers_key', ['person', 'key'])
    .execute();
}
