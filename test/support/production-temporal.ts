import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, openSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findFreePort } from '#temporal/free-port.ts';
import { type ComposeService, readComposeFile, scriptOf } from './compose-file.ts';

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

const SERVICES = ['FRONTEND', 'MATCHING', 'HISTORY', 'WORKER'];

/** The server keeps its members' ports in a `smallint` of PostgreSQL, so the system's own choice is too high for it. */
const HIGHEST_PORT = 32_767;

const STOP_WITHIN_MS = 10_000;

const runFile = promisify(execFile);

/**
 * A server on free ports of loopback. Its tables are made, and it is started, by the scripts and the environment in
 * docker-compose.yml; only places are others.
 */
export async function createProductionTemporal(place: ProductionPlace): Promise<ProductionTemporal> {
  const { services } = readComposeFile();
  const ports = await findPorts();
  let running: ChildProcess | null = null;
  return {
    address: `127.0.0.1:${ports['FRONTEND_GRPC_PORT']}`,
    start: async () => {
      prepare(place);
      await makeTables(services['temporal-schema'], place);
      running = launch(services['temporal'], place, ports);
    },
    stop: async () => {
      if (running) await end(running);
    },
  };
}

/** What is elsewhere in a container: the secret, and the tool under the name that its image gives it. */
function prepare({ sqlTool, postgresUrl, dir }: ProductionPlace): void {
  mkdirSync(join(dir, 'bin'), { recursive: true });
  symlinkSync(sqlTool, join(dir, 'bin', 'temporal-sql-tool'));
  writeFileSync(join(dir, 'postgres_password'), new URL(postgresUrl).password);
}

async function makeTables(service: ComposeService | undefined, { postgresUrl, dir }: ProductionPlace): Promise<void> {
  const { hostname, port } = new URL(postgresUrl);
  const env = { ...service?.environment, SQL_HOST: hostname, SQL_PORT: port, PATH: pathIn(dir) };
  // Twice, since every start of the containers does it again.
  for (const _ of ['first start', 'later start']) {
    await runFile('/bin/sh', ['-euc', localised(service, dir)], { env, maxBuffer: 16 * 1024 * 1024 });
  }
}

function launch(
  service: ComposeService | undefined,
  { server, postgresUrl, dir }: ProductionPlace,
  ports: Readonly<Record<string, string>>,
): ChildProcess {
  const { hostname, port } = new URL(postgresUrl);
  const log = openSync(join(dir, 'temporal.log'), 'w');
  const script = localised(service, dir).replace('/etc/temporal/entrypoint.sh', `'${server}' start`);
  return spawn('/bin/sh', ['-euc', script], {
    cwd: dir,
    stdio: ['ignore', log, log],
    env: {
      ...service?.environment,
      POSTGRES_SEEDS: hostname,
      DB_PORT: port,
      BIND_ON_IP: '127.0.0.1',
      DYNAMIC_CONFIG_FILE_PATH: join(dir, 'dynamic.yaml'),
      PATH: pathIn(dir),
      ...ports,
    },
  });
}

function localised(service: ComposeService | undefined, dir: string): string {
  return scriptOf(service).replaceAll('/run/secrets', dir);
}

function pathIn(dir: string): string {
  return `${join(dir, 'bin')}:/usr/bin:/bin`;
}

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
