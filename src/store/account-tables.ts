import type { Transaction } from 'kysely';
import { addTexts } from './add-texts.ts';
import type { Tables } from './tables.ts';

/** Creates the tables of accounts that were bound to people by an invite. */
export async function createAccountTables(trx: Transaction<Tables>): Promise<void> {
  await addTexts(trx.schema.createTable('invites'), ['person', 'until'])
    .addColumn('hash', 'text', (column) => column.primaryKey())
    .addColumn('used_at', 'text')
    .execute();
  await addTexts(trx.schema.createTable('accounts'), ['person', 'bound_at'])
    .addColumn('telegram_id', 'bigint', (column) => column.primaryKey())
    .execute();
}
