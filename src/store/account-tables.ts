import type { Transaction } from 'kysely';
import { addTexts } from './add-texts.ts';
import type { Tables } from './tables.ts';

/** Creates the tables of invites, and of the accounts that they bound to people. */
export async function createAccountTables(trx: Transaction<Tables>): Promise<void> {
  await addTexts(trx.schema.createTable('invites'), ['person', 'until'])
    .addColumn('hash', 'text', (column) => column.primaryKey())
    .addColumn('used_by', 'bigint')
    .addColumn('used_key', 'text')
    .execute();
  await addTexts(trx.schema.createTable('accounts'), ['person', 'bound_at', 'invite'])
    .addColumn('telegram_id', 'bigint', (column) => column.primaryKey())
    .execute();
}
