import { setTimeout as delay } from 'node:timers/promises';
import { startDevServer, startDevServerOn } from '#temporal/dev-server.ts';
import type { DevServer, DevServerOptions } from '#temporal/dev-server.ts';
import type { ServerPorts } from '#temporal/server/ports.ts';

/** A dev server that is started again whenever it ends by itself. */
export type SupervisedServer = {
  readonly address: string;
  readonly uiUrl: string;
  /** The process number at this moment, or null while it is down. */
  pid(): number | null;
  /** Ends the server for good; resolves when it is gone. */
  stop(): Promise<void>;
};

type RestartOptions = DevServerOptions & { readonly signal: AbortSignal };

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Starts a dev server and keeps it up, on the same ports, so that clients and workers find it again by themselves.
 * Rejects when the first start fails; after that it tries for ever, with growing pauses, and says so in the log.
 */
export async function superviseDevServer(options: DevServerOptions): Promise<SupervisedServer> {
  const first = await startDevServer(options);
  const stopping = new AbortController();
  let current: DevServer | null = first;
  const watch = async () => {
    while (!stopping.signal.aborted && current !== null) {
      const how = await current.exited;
      current = null;
      if (!stopping.signal.aborted) current = await restart(first.ports, how, { ...options, signal: stopping.signal });
    }
    // Stopped while a restart was under way: what came up is ended here.
    await current?.stop();
  };
  const watched = watch();
  return {
    address: first.address,
    uiUrl: first.uiUrl,
    pid: () => current?.pid ?? null,
    async stop() {
      stopping.abort();
      await current?.stop();
      await watched;
    },
  };
}

async function restart(ports: ServerPorts, how: string, options: RestartOptions): Promise<DevServer | null> {
  const { log, signal } = options;
  log.warn(`The Temporal server ${how}; starting it again`);
  for (let pauseMs = FIRST_PAUSE_MS; !signal.aborted; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    try {
      const server = await startDevServerOn(ports, options);
      log.info(`The Temporal server runs again (process ${server.pid})`);
      return server;
    } catch (error) {
      if (signal.aborted) return null;
      log.warn(`The Temporal server does not come up; trying again. ${error instanceof Error ? error.message : ''}`);
      await delay(pauseMs, undefined, { signal }).catch(() => {});
    }
  }
  return null;
}
