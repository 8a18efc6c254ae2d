import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { SqliteDatabase } from 'kysely';

/** Bounds the kept statements; the store has some forty of its own. */
const KEPT_STATEMENTS = 200;

type KyselyStatement = ReturnType<SqliteDatabase['prepare']>;

/** Gives `node:sqlite` the face of better-sqlite3, which Kysely expects, and prepares each statement once. */
export function createNodeSqlite(db: DatabaseSync): SqliteDatabase {
  const prepared = new Map<string, KyselyStatement>();
  return {
    close: () => db.close(),
    prepare: (sql) => {
      const known = prepared.get(sql);
      if (known) return known;
      const statement = toKyselyStatement(db.prepare(sql));
      if (prepared.size < KEPT_STATEMENTS) prepared.set(sql, statement);
      return statement;
    },
  };
}

function toKyselyStatement(statement: StatementSync): KyselyStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...(parameters as SQLInputValue[])),
    run: (parameters) => statement.run(...(parameters as SQLInputValue[])),
    iterate: (parameters) => statement.iterate(...(parameters as SQLInputValue[])),
  };
}
