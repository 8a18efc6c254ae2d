import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { openStore, type Store } from '#store/open-store.ts';
import { startPostgres, type TestPostgres } from '#support/postgres.ts';
import { createProductionTemporal, type ProductionTemporal } from '#support/production-temporal.ts';
import { type Actor, CANARIES, type StackWorld, startStackWorld } from '#support/stack-world.ts';
import { type RunningHalf, runCommand, startHalf } from './half.ts';

/**
 * SocBot as docker-compose.yml describes it, without the containers: the production Temporal server and the store in
 * PostgreSQL, every half a process of its own, secrets in files.
 */
export type ScaleOutShape = {
  readonly world: StackWorld;
  readonly postgres: TestPostgres;
  readonly temporal: ProductionTemporal;
  readonly client: Client;
  /** Opens the store that the processes share, for looking at it. */
  readonly openStore: () => Promise<Store>;
  /** Every half that was ever started. */
  readonly halves: readonly RunningHalf[];
  start(half: 'bot' | 'worker'): RunningHalf;
  run(...args: string[]): ReturnType<typeof runCommand>;
  /** The block list as a firewall reads it, with this token or its own. */
  fetchFeed(token?: string): Promise<Response>;
  /** Ends everything that runs. */
  close(): Promise<void>;
  /** Where the settings and logs of all processes are. */
  readonly dir: string;
};

/** The executables of the production server. */
export type Executables = { readonly server: string; readonly sqlTool: string };

/** In the address, where PostgreSQL on loopback does not ask for it. It must never be seen again. */
export const DATABASE_PASSWORD = 'CANARY-database-password';

/** Prepares everything; only PostgreSQL and the world outside run yet. */
export async function createScaleOutShape(executables: Executables, actors: readonly Actor[]): Promise<ScaleOutShape> {
  const dir = mkdtempSync(join(tmpdir(), 'socbot-scale-out-'));
  const [world, postgres] = await Promise.all([startStackWorld(dir, { actors }), startPostgres()]);
  const postgresUrl = postgres.url.replace('socbot@', `socbot:${DATABASE_PASSWORD}@`);
  const temporal = await createProductionTemporal({ ...executables, postgresUrl, dir });
  const env = { ...withSecretsInFiles(world.env, postgresUrl, dir), TEMPORAL_ADDRESS: temporal.address };
  const connection = Connection.lazy({ address: temporal.address });
  const halves: RunningHalf[] = [];
  return {
    dir,
    world,
    postgres,
    temporal,
    client: new Client({ connection }),
    openStore: async () => openStore({ databaseUrl: postgresUrl }),
    halves,
    start: (half) => {
      const started = startHalf(half, env, dir);
      halves.push(started);
      return started;
    },
    run: async (...args) => runCommand(args, env, dir),
    fetchFeed: async (token = CANARIES.feed) => fetch(world.feedUrl, { headers: { authorization: `Bearer ${token}` } }),
    close: async () => {
      await Promise.all(halves.map(async (half) => half.kill()));
      await connection.close();
      await temporal.stop();
      await Promise.all([world.close(), postgres.stop()]);
    },
  };
}

const AUDIT_KEY = Buffer.from('scale-out-audit-key-0123456789ab').toString('base64');

/** What docker-compose.yml does with its `secrets`: a file for each, and a variable that names it. */
function withSecretsInFiles(env: Readonly<Record<string, string>>, databaseUrl: string, dir: string) {
  const secrets: Record<string, string> = { ...env, DATABASE_URL: databaseUrl, SOCBOT_AUDIT_KEY: AUDIT_KEY };
  const names = [
    'DATABASE_URL',
    'SOCBOT_KEY',
    'SOCBOT_AUDIT_KEY',
    'TELEGRAM_BOT_TOKEN',
    'BLOCK_FEED_TOKEN',
    'VIRUSTOTAL_API_KEY',
  ];
  const files = names.map((name) => {
    const path = join(dir, name.toLowerCase());
    writeFileSync(path, `${secrets[name]}\n`, { mode: 0o600 });
    return [`${name}_FILE`, path];
  });
  const open = Object.entries(env).filter(([name]) => !names.includes(name));
  return { PATH: process.env['PATH'], ...Object.fromEntries([...open, ...files]) } as NodeJS.ProcessEnv;
}
