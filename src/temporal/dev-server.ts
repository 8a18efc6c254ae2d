import { Connection } from '@temporalio/client';
import { keepHistoriesFor, registerSearchAttributes } from '#temporal/prepare-namespace.ts';
import type { SearchAttributeTable } from '#temporal/prepare-namespace.ts';
import { markReady, objectionToDamage, removeUnfinishedDatabase } from '#temporal/server/database-file.ts';
import { serverFilesIn, type ServerFiles } from '#temporal/server/files.ts';
import { awaitHealthy } from '#temporal/server/health.ts';
import { launchServer } from '#temporal/server/launch.ts';
import type { LaunchedServer, ServerExit } from '#temporal/server/launch.ts';
import { stopLeftoverServers } from '#temporal/server/leftover.ts';
import type { Log } from '#temporal/server/log.ts';
import { choosePorts, writePorts } from '#temporal/server/ports.ts';
import type { ServerPorts } from '#temporal/server/ports.ts';

export type DevServerOptions = {
  /** The path of a `temporal` executable. */
  readonly binary: string;
  /** Holds the database, the log and the remembered ports. The caller has locked it (`data-lock.ts`). */
  readonly dataDir: string;
  /** Used when free. */
  readonly port?: number;
  /** Used when free. */
  readonly uiPort?: number;
  /** Where the UI's page has payloads decoded. */
  readonly codecEndpoint?: string;
  readonly searchAttributes: SearchAttributeTable;
  /** How long finished workflows stay readable; 30 unless set. */
  readonly retentionDays?: number;
  readonly log: Log;
  /** Gives up a start that is under way. */
  readonly signal?: AbortSignal;
};

/** A running dev server whose namespace `default` is ready for use. */
export type DevServer = {
  /** Host and port of the gRPC frontend. */
  readonly address: string;
  readonly uiUrl: string;
  readonly ports: ServerPorts;
  readonly pid: number;
  /** Resolves with a sentence when the process is gone, wanted or not. */
  readonly exited: Promise<ServerExit>;
  stop(): Promise<void>;
};

const START_TIMEOUT_MS = 30_000;
const ATTEMPTS = 3;

/**
 * Starts Temporal's dev server on a data directory and waits until it can be used. Ends a server left behind by a killed
 * SocBot, makes a database anew whose first start was cut short, and looks for other ports when another process was
 * quicker. Rejects with what the server said when it does not come up.
 */
export async function startDevServer(options: DevServerOptions): Promise<DevServer> {
  const files = serverFilesIn(options.dataDir);
  // Before the ports are chosen: a server left behind holds those that we want again.
  await stopLeftoverServers(files.database, options.log);
  const { port, uiPort } = options;
  const asked = { ...(port === undefined ? {} : { port }), ...(uiPort === undefined ? {} : { uiPort }) };
  for (let attempt = 1; ; attempt += 1) {
    const ports = await choosePorts(files.ports, asked);
    try {
      return await startDevServerOn(ports, options);
    } catch (error) {
      if (attempt === ATTEMPTS || !isPortTaken(error)) throw error;
      options.log.warn('Another process took the port of the Temporal server; looking for another');
    }
  }
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && /address already in use|another Temporal answers/.test(error.message);
}

/** As `startDevServer`, on exactly these ports and in one attempt. */
export async function startDevServerOn(ports: ServerPorts, options: DevServerOptions): Promise<DevServer> {
  const { binary, dataDir, log } = options;
  const files = serverFilesIn(dataDir);
  const timeout = AbortSignal.timeout(START_TIMEOUT_MS);
  const signal = options.signal ? AbortSignal.any([timeout, options.signal]) : timeout;
  await stopLeftoverServers(files.database, log);
  removeUnfinishedDatabase(files, log);
  const launched = launchServer(binary, files, ports, options.codecEndpoint ?? null);
  const address = `127.0.0.1:${ports.port}`;
  try {
    const objection = await awaitHealthy(launched, ports, files.database, signal);
    if (objection !== null) throw new Error(explainFailure(objection, launched, files));
    await prepareNamespace(address, options);
  } catch (error) {
    await launched.stop();
    throw error;
  }
  markReady(files);
  writePorts(files.ports, ports);
  const { pid, exited } = launched;
  return { address, uiUrl: `http://127.0.0.1:${ports.uiPort}`, ports, pid, exited, stop: () => launched.stop() };
}

/** What SQLite says of a file that is not what it was (https://www.sqlite.org/rescode.html#corrupt, #notadb). */
const DAMAGE = /file is not a database|database disk image is malformed/;

function explainFailure(objection: string, launched: LaunchedServer, { database, log }: ServerFiles): string {
  const said = launched.lastWords().join('\n  ');
  const [damage] = DAMAGE.exec(said) ?? [];
  if (damage !== undefined)
    return `The Temporal server did not start: ${objectionToDamage(database, damage)} Its log: ${log}`;
  return `The Temporal server did not start: ${objection}.${said === '' ? '' : ` It said:\n  ${said}\n`} Its log: ${log}`;
}

async function prepareNamespace(address: string, options: DevServerOptions): Promise<void> {
  const connection = await Connection.connect({ address });
  try {
    await keepHistoriesFor(connection, 'default', options.retentionDays ?? 30);
    await registerSearchAttributes(connection, 'default', options.searchAttributes);
  } finally {
    await connection.close();
  }
}
