import type { Transaction } from 'kysely';
import { addTexts } from './add-texts.ts';
import type { Tables } from './tables.ts';

/** Creates the tables of the first release. */
export async function createFirstTables(trx: Transaction<Tables>): Promise<void> {
  await createLookupTables(trx);
  await createBlockTables(trx);
  await createAuditTable(trx);
  await addTexts(trx.schema.createTable('marks'), ['value', 'set_at'])
    .addColumn('name', 'text', (column) => column.primaryKey())
    .execute();
}

async function createLookupTables(trx: Transaction<Tables>): Promise<void> {
  await addTexts(trx.schema.createTable('lookup_calls'), [
    'source',
    'observable_key',
    'request_id',
    'asked_by',
    'asked_at',
    'state',
  ])
    .addColumn('call_id', 'text', (column) => column.primaryKey())
    .addColumn('insisted', 'integer', (column) => column.notNull())
    .addColumn('report', 'text')
    .addColumn('answered_at', 'text')
    .execute();
  await trx.schema
    .createIndex('lookup_calls_by_observable')
    .on('lookup_calls')
    .columns(['source', 'observable_key', 'asked_at'])
    .execute();
  await trx.schema.createIndex('lookup_calls_by_time').on('lookup_calls').columns(['source', 'asked_at']).execute();
  await addTexts(trx.schema.createTable('lookup_slots'), ['source', 'observable_key', 'request_id', 'slot_at'])
    .addColumn('place', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('lookup_slots_key', ['source', 'observable_key', 'request_id'])
    .execute();
}

async function createBlockTables(trx: Transaction<Tables>): Promise<void> {
  await addTexts(trx.schema.createTable('blocks'), ['lease_id', 'until', 'asked_by', 'digest', 'put_at'])
    .addColumn('target', 'text', (column) => column.primaryKey())
    .execute();
  await addTexts(trx.schema.createTable('block_effects'), ['version', 'at', 'act', 'target', 'lease_id'])
    .addColumn('seq', 'integer', (column) => column.primaryKey())
    .execute();
  await addTexts(trx.schema.createTable('ended_leases'), ['target', 'lease_id', 'ended_at'])
    .addPrimaryKeyConstraint('ended_leases_key', ['target', 'lease_id'])
    .execute();
}

async function createAuditTable(trx: Transaction<Tables>): Promise<void> {
  await addTexts(trx.schema.createTable('audit'), ['at', 'action', 'outcome', 'previous_hash', 'hash'])
    .addColumn('seq', 'integer', (column) => column.primaryKey())
    .addColumn('who', 'text')
    .addColumn('telegram_id', 'bigint')
    .addColumn('chat', 'bigint')
    .addColumn('request', 'text')
    .addColumn('target', 'text')
    .addColumn('digest', 'text')
    .addColumn('detail', 'text')
    .addColumn('key', 'text', (column) => column.unique())
    .execute();
  await trx.schema.createIndex('audit_by_request').on('audit').columns(['request', 'seq']).execute();
  await trx.schema.createIndex('audit_by_who').on('audit').columns(['who', 'seq']).execute();
}
