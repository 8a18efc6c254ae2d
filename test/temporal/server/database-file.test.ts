import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { createScratchDirectory } from '#support/scratch-directory.ts';
import { markReady, removeUnfinishedDatabase } from '#temporal/server/database-file.ts';
import { serverFilesIn } from '#temporal/server/files.ts';

const SYSTEM = "x'32049b68787240948e63d0dd59896a83'";
const OTHER = "x'01a20c3b891f7b068dd550877cf8e99f'";
const LOG = { info() {}, warn() {} };

function createDatabase(...statements: string[]) {
  const files = serverFilesIn(createScratchDirectory());
  using database = new DatabaseSync(files.database);
  for (const statement of statements) database.exec(statement);
  return files;
}

const EXECUTIONS = 'CREATE TABLE executions (namespace_id BLOB, workflow_id TEXT)';

describe('a database that may be unfinished', () => {
  it.each([
    ['has half a schema', ['CREATE TABLE namespaces (id BLOB)']],
    ['has no work', [EXECUTIONS]],
    ["has only Temporal's own housekeeping", [EXECUTIONS, `INSERT INTO executions VALUES (${SYSTEM}, 'scanner')`]],
  ])('is removed when no start completed and it %s', (_what, statements) => {
    const files = createDatabase(...statements);

    removeUnfinishedDatabase(files, LOG);

    expect(existsSync(files.database)).toBe(false);
  });

  it('is removed when it is an empty file', () => {
    const files = serverFilesIn(createScratchDirectory());
    writeFileSync(files.database, '');

    removeUnfinishedDatabase(files, LOG);

    expect(existsSync(files.database)).toBe(false);
  });

  it('is kept when it holds work, though no start is noted: a backup put back', () => {
    const files = createDatabase(EXECUTIONS, `INSERT INTO executions VALUES (${OTHER}, 'block-1')`);

    removeUnfinishedDatabase(files, LOG);

    expect(existsSync(files.database)).toBe(true);
  });

  it('is kept, whatever is in it, once a start was completed', () => {
    const files = createDatabase(EXECUTIONS);
    markReady(files);

    removeUnfinishedDatabase(files, LOG);

    expect(existsSync(files.database)).toBe(true);
  });

  it('is left for a person when it cannot be read', () => {
    const files = serverFilesIn(createScratchDirectory());
    writeFileSync(files.database, 'not a database '.repeat(1000));

    expect(() => removeUnfinishedDatabase(files, LOG)).toThrow(/cannot be read .* or delete it/);
    expect(existsSync(files.database)).toBe(true);
  });

  it('takes the mark and the journals of a database that somebody deleted with it', () => {
    const files = serverFilesIn(createScratchDirectory());
    markReady(files);
    writeFileSync(`${files.database}-wal`, 'left over');

    removeUnfinishedDatabase(files, LOG);

    expect(readdirSync(files.database.replace(/temporal\.db$/, ''))).toEqual([]);
  });
});
