import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { appendFileSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findFreePort } from '#temporal/free-port.ts';

/** Temporal's production server in one process, as its container image runs it. */
export type ProductionTemporal = {
  /** Host and port, known before the server runs. */
  readonly address: string;
  /** Makes the databases and starts the server. `socbot cluster` waits until it answers, and makes the namespace. */
  start(): Promise<void>;
  stop(): Promise<void>;
};

export type ProductionPlace = {
  /** The server's executable, `go.temporal.io/server/cmd/server`. */
  readonly server: string;
  /** The tool that makes its tables, `go.temporal.io/server/cmd/tools/sql`. */
  readonly sqlTool: string;
  /** A PostgreSQL server on loopback and a user who may create databases. */
  readonly postgresUrl: string;
  /** A directory for its settings and its log. */
  readonly dir: string;
};

/** The databases, each with the schema inside the tool that it gets. */
const DATABASES = [
  { name: 'temporal', schema: 'postgresql/v12/temporal' },
  { name: 'temporal_visibility', schema: 'postgresql/v12/visibility' },
];

const SERVICES = ['FRONTEND', 'MATCHING', 'HISTORY', 'WORKER'];

const runFile = promisify(execFile);

const STOP_WITHIN_MS = 10_000;

/** A server on free ports of loopback, told by the same variables as in docker-compose.yml what to do. */
export async function createProductionTemporal(place: ProductionPlace): Promise<ProductionTemporal> {
  const ports = await findPorts();
  let running: ChildProcess | null = null;
  return {
    address: `127.0.0.1:${ports['FRONTEND_GRPC_PORT']}`,
    start: async () => {
      await createDatabases(place);
      running = launch(place, ports);
    },
    stop: async () => {
      if (running) await end(running);
    },
  };
}

function launch({ server, postgresUrl, dir }: ProductionPlace, ports: NodeJS.ProcessEnv): ChildProcess {
  const { hostname, port, username, password } = new URL(postgresUrl);
  const dynamicConfig = join(dir, 'temporal-dynamic.yaml');
  writeFileSync(dynamicConfig, '{}\n');
  const log = openSync(join(dir, 'temporal.log'), 'w');
  return spawn(server, ['--allow-no-auth', 'start'], {
    cwd: dir,
    stdio: ['ignore', log, log],
    env: {
      DB: 'postgres12',
      POSTGRES_SEEDS: hostname,
      DB_PORT: port,
      POSTGRES_USER: username,
      POSTGRES_PWD: password,
      BIND_ON_IP: '127.0.0.1',
      DYNAMIC_CONFIG_FILE_PATH: dynamicConfig,
      LOG_LEVEL: 'warn',
      ...ports,
    },
  });
}

/** What the one-shot set-up in docker-compose.yml does, in the same order. */
async function createDatabases({ sqlTool, postgresUrl, dir }: ProductionPlace): Promise<void> {
  const { hostname, port, username, password } = new URL(postgresUrl);
  const place = ['--plugin', 'postgres12', '--ep', hostname, '-p', port, '-u', username];
  const log = join(dir, 'temporal-schema.log');
  const run = async (database: string, ...command: string[]): Promise<void> => {
    const args = [...place, '--db', database, ...command];
    const { stderr } = await runFile(sqlTool, args, { env: { SQL_PASSWORD: password }, maxBuffer: 16 * 1024 * 1024 });
    appendFileSync(log, stderr);
  };
  for (const { name, schema } of DATABASES) {
    await run(name, 'create');
    await run(name, 'setup-schema', '-v', '0.0');
    await run(name, 'update-schema', '--schema-name', schema);
  }
}

/** The server keeps its members' ports in a `smallint` of PostgreSQL, so the system's own choice is too high for it. */
const HIGHEST_PORT = 32_767;

async function findPorts(): Promise<Record<string, string>> {
  const names = [...SERVICES.flatMap((one) => [`${one}_GRPC_PORT`, `${one}_MEMBERSHIP_PORT`]), 'FRONTEND_HTTP_PORT'];
  const ports = new Set<number>();
  let candidate = HIGHEST_PORT - randomInt(20_000);
  while (ports.size < names.length) {
    const port = await findFreePort([candidate]);
    if (port === candidate) ports.add(port);
    candidate -= 1;
  }
  return Object.fromEntries([...ports].map((port, at) => [names[at], String(port)]));
}

async function end(running: ChildProcess): Promise<void> {
  if (running.exitCode !== null || running.signalCode !== null) return;
  running.kill('SIGTERM');
  const timer = setTimeout(() => running.kill('SIGKILL'), STOP_WITHIN_MS);
  await once(running, 'exit');
  clearTimeout(timer);
}
