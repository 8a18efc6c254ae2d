import { sql, type Transaction } from 'kysely';
import { addTexts } from './add-texts.ts';
import type { Tables } from './tables.ts';

const TEXTS = ['system', 'target', 'lease_id', 'until', 'asked_by', 'digest', 'state', 'attempt', 'begun_at'] as const;

/**
 * Creates the containment index: every hold that SocBot began in any system. The first release knew one system, the block
 * feed, whose blocks are the first entries.
 */
export async function createContainmentTables(trx: Transaction<Tables>): Promise<void> {
  await addTexts(trx.schema.createTable('leases'), TEXTS)
    .addColumn('place', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('leases_key', ['system', 'target', 'lease_id'])
    .execute();
  await trx.schema.createIndex('leases_by_state').on('leases').columns(['state', 'system', 'target']).execute();
  await trx.schema.createIndex('leases_by_time').on('leases').columns(['begun_at']).execute();
  const blocks = trx
    .selectFrom('blocks')
    .select([
      sql.lit('block-feed').as('system'),
      'target',
      'lease_id',
      'until',
      'asked_by',
      'digest',
      sql.lit('held').as('state'),
      sql.lit('first release').as('attempt'),
      'put_at as begun_at',
      sql.lit(0).as('place'),
    ]);
  await trx
    .insertInto('leases')
    .columns([...TEXTS, 'place'])
    .expression(blocks)
    .execute();
}
