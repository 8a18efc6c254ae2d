import type { CreateTableBuilder } from 'kysely';

/** Adds columns of text that are never null. */
export function addTexts(
  table: CreateTableBuilder<string, string>,
  columns: readonly string[],
): CreateTableBuilder<string, string> {
  return columns.reduce((sum, column) => sum.addColumn(column, 'text', (text) => text.notNull()), table);
}
