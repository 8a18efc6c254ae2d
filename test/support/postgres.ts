import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import { findQuietPort } from './free-port.ts';

/** A PostgreSQL of the tests' own, on loopback, with nothing in it. */
export type TestPostgres = {
  /** The address of its database `postgres`, for a superuser without a password. */
  readonly url: string;
  /** An address of the same server where all tables are new; cheap enough for each test. */
  readonly createSpace: () => Promise<string>;
  /** Kills the server like a crash of the machine would, and waits until it is gone. */
  readonly kill: () => Promise<void>;
  /** Starts it again on the same data and port. */
  readonly restart: () => Promise<void>;
  /** Stops it and removes its data. */
  readonly stop: () => Promise<void>;
};

type Account = { readonly uid: number; readonly gid: number };

/**
 * Why tests of PostgreSQL are skipped, null where the server is installed. Throws instead where
 * TEST_REQUIRE_POSTGRES=1 says that it must be there.
 */
export function objectionToPostgres(): string | null {
  if (findPostgresFolder() !== null) return null;
  const objection = 'no PostgreSQL: neither initdb on the PATH nor in /usr/lib/postgresql/*/bin';
  if (process.env['TEST_REQUIRE_POSTGRES'] === '1') throw new Error(objection);
  return objection;
}

/**
 * Creates and starts a server; takes about two seconds. `isDurable: false` is quicker, for tests that crash nothing.
 */
export async function startPostgres({ isDurable = true } = {}): Promise<TestPostgres> {
  const folder = findPostgresFolder();
  if (folder === null) throw new Error('PostgreSQL is not installed');
  const account = findAccount();
  const data = mkdtempSync(join(tmpdir(), 'socbot-postgres-'));
  if (account) chownSync(data, account.uid, account.gid);
  const port = await findQuietPort();
  execFileSync(
    join(folder, 'initdb'),
    ['-D', data, '-U', 'socbot', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'],
    { ...account, cwd: data, stdio: 'ignore' },
  );
  const run = async () => runServer(join(folder, 'postgres'), { data, port, account, isDurable });
  let server = await run();
  const url = `postgres://socbot@127.0.0.1:${port}/postgres`;
  return {
    url,
    createSpace: async () => createSpace(url),
    kill: async () => end(server, 'SIGKILL'),
    restart: async () => {
      server = await runOnceFree(run);
    },
    stop: async () => {
      await end(server, 'SIGINT');
      rmSync(data, { recursive: true, force: true });
    },
  };
}

function findPostgresFolder(): string | null {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => join(debian, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(delimiter),
  ];
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres'))) ?? null;
}

/** PostgreSQL refuses to run as root; then it runs as the user that Debian makes for it, or as nobody. */
function findAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const name = ['postgres', 'nobody'].find((user) => readId('-u', user) !== null) ?? '';
  const [uid, gid] = [readId('-u', name), readId('-g', name)];
  if (uid === null || gid === null) throw new Error('PostgreSQL needs a user other than root to run as');
  return { uid, gid };
}

function readId(flag: '-u' | '-g', user: string): number | null {
  try {
    return Number(execFileSync('id', [flag, user], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch {
    return null;
  }
}

async function runServer(
  program: string,
  { data, port, account, isDurable }: { data: string; port: number; account: Account | undefined; isDurable: boolean },
): Promise<ChildProcess> {
  const settings = [
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    'unix_socket_directories=',
    '-c',
    'lc_messages=C',
    '-c',
    `fsync=${isDurable ? 'on' : 'off'}`,
  ];
  const server = spawn(program, ['-D', data, '-p', String(port), ...settings], {
    ...account,
    cwd: data,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said: string[] = [];
  for await (const line of createInterface(server.stderr)) {
    said.push(line);
    if (line.includes('ready to accept connections')) {
      server.stderr.resume();
      return server;
    }
  }
  throw new Error(`PostgreSQL did not start: ${said.join('\n')}`);
}

/** After a crash the server's own helpers hold its memory until they have noticed; a start meanwhile is refused. */
async function runOnceFree(run: () => Promise<ChildProcess>, attempts = 40): Promise<ChildProcess> {
  try {
    return await run();
  } catch (error) {
    const isHeld = error instanceof Error && error.message.includes('shared memory block');
    if (!isHeld || attempts === 0) throw error;
    return runOnceFree(run, attempts - 1);
  }
}

async function end(server: ChildProcess, signal: 'SIGINT' | 'SIGKILL'): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  server.kill(signal);
  await once(server, 'exit');
}

let spaces = 0;

async function createSpace(url: string): Promise<string> {
  spaces += 1;
  const name = `space_${process.pid}_${spaces}`;
  const client = new Client(url);
  await client.connect();
  await client.query(`create schema ${name}`);
  await client.end();
  return `${url}?options=${encodeURIComponent(`-c search_path=${name}`)}`;
}
