import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '#store/open-store.ts';
import { StoreUnavailable, toStoreFault } from '#store/store-unavailable.ts';

const SECRET = 'hunter2-not-for-logs';

describe('toStoreFault', () => {
  it.each([
    ['a locked file', { errcode: 5 }, 'SQLITE_BUSY'],
    ['a locked file with the snapshot gone', { errcode: 517 }, 'SQLITE_BUSY'],
    ['a failed write', { errcode: 778 }, 'SQLITE_IOERR'],
    ['a full disk', { errcode: 13 }, 'SQLITE_FULL'],
    ['a refused connection', { code: 'ECONNREFUSED', syscall: 'connect' }, 'ECONNREFUSED'],
    ['an unknown host', { code: 'ENOTFOUND', syscall: 'getaddrinfo' }, 'ENOTFOUND'],
    ['a full server disk', { code: '53100' }, '53100'],
    ['a server that shuts down', { code: '57P01' }, '57P01'],
    ['a deadlock', { code: '40P01' }, '40P01'],
    ['a standby', { code: '25006' }, '25006'],
  ])('lets the caller try again after %s', (_, fields, code) => {
    const fault = toStoreFault(Object.assign(new Error('driver words'), fields));

    expect(fault).toBeInstanceOf(StoreUnavailable);
    expect(fault).toMatchObject({ code, message: `The store is not available (${code})` });
  });

  it.each(['Connection terminated unexpectedly', 'timeout exceeded when trying to connect'])('knows %j', (message) => {
    expect(toStoreFault(new Error(message))).toMatchObject({ code: 'CONNECTION_LOST' });
  });

  it.each([
    ['a broken file', { errcode: 11 }],
    ['a constraint', { errcode: 1555 }],
    ['a wrong password', { code: '28P01' }],
    ['a mistake in a query', { code: '42601' }],
    ['a mistake of ours', {}],
  ])('passes %s on as it is', (_, fields) => {
    const error = Object.assign(new Error('words'), fields);

    expect(toStoreFault(error)).toBe(error);
  });
});

describe('openStore', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'socbot-unavailable-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('says that a missing folder is unavailable', async () => {
    await expect(openStore({ file: join(folder, 'missing', 'store.db') })).rejects.toMatchObject({
      name: 'StoreUnavailable',
      code: 'ENOENT',
    });
  });

  it('creates a file that only its owner can read', async () => {
    const file = join(folder, 'private.db');

    const store = await openStore({ file });

    expect(statSync(file).mode % 0o1000).toBe(0o600);
    expect(statSync(`${file}-wal`).mode % 0o1000).toBe(0o600);
    await store.close();
  });

  it.each([
    `postgres://socbot:${SECRET}@192.0.2.1:notaport/socbot`,
    `socbot:${SECRET}@192.0.2.1`,
    `mysql://socbot:${SECRET}@192.0.2.1/socbot`,
  ])('refuses a malformed address without repeating it (%#)', async (databaseUrl) => {
    const error: unknown = await openStore({ databaseUrl }).catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ message: expect.stringContaining('not of the form') as string });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(SECRET);
  });

  it('keeps the password out of the error when the server is away', async () => {
    const databaseUrl = `postgres://socbot:${SECRET}@127.0.0.1:1/socbot`;

    const error: unknown = await openStore({ databaseUrl }).catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(StoreUnavailable);
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(SECRET);
  });

  it.runIf(process.platform === 'linux')('goes on after a full disk, with nothing half-written', () => {
    const script = fileURLToPath(new URL('./child/full-disk.ts', import.meta.url));

    // A limit on file sizes stands in for a full disk; with its signal ignored, writes fail like on one.
    const { stdout, stderr } = spawnSync(
      '/bin/sh',
      ['-c', 'trap "" XFSZ; exec "$0" "$@"', process.execPath, script, join(folder, 'full.db')],
      { encoding: 'utf8' },
    );

    // Not even a warning that SQLite is experimental.
    expect(stderr).toBe('');
    const { refused, kept, check } = JSON.parse(stdout) as { refused: string; kept: number; check: unknown };
    expect(refused).toBe('StoreUnavailable');
    expect(kept).toBeGreaterThan(0);
    expect(check).toMatchObject({ kind: 'intact', count: kept + 1 });
  });
});
