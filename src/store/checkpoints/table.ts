import type { Transaction } from 'kysely';
import type { Tables } from '../tables.ts';

/** Creates the table of the audit's signed checkpoints. */
export async function createCheckpointTable(trx: Transaction<Tables>): Promise<void> {
  await trx.schema
    .createTable('checkpoints')
    .addColumn('size', 'bigint', (column) => column.primaryKey())
    .addColumn('note', 'text', (column) => column.notNull())
    .addColumn('roots', 'text', (column) => column.notNull())
    .addColumn('taken_at', 'text', (column) => column.notNull())
    .addColumn('told_at', 'text')
    .execute();
}
