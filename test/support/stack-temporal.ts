import { findTemporalBinary } from '#temporal/binary.ts';
import { type DevServer, type DevServerOptions, startDevServerOn } from '#temporal/dev-server.ts';
import { SEARCH_ATTRIBUTES } from '#workflows/search-attributes.ts';
import { findQuietPort } from './free-port.ts';
import type { StackProcess } from './stack-process.ts';

/** The dev server of a stack: it comes back on the same ports and the same file, as SocBot starts it again. */
export type StackTemporal = StackProcess & { readonly address: string };

export async function createStackTemporal(dataDir: string): Promise<StackTemporal> {
  const binary = await findTemporalBinary({ env: process.env });
  const ports = { port: await findQuietPort(), uiPort: await findQuietPort() };
  const log = { info: () => undefined, warn: () => undefined };
  const options: DevServerOptions = { binary, dataDir, searchAttributes: SEARCH_ATTRIBUTES, log };
  let server: DevServer | null = null;
  const signal = (name: NodeJS.Signals) => {
    if (server === null) throw new Error('the Temporal server does not run');
    process.kill(server.pid, name);
  };
  return {
    address: `127.0.0.1:${ports.port}`,
    async start() {
      server = await startDevServerOn(ports, options);
    },
    ready: async () => undefined,
    async kill() {
      if (server === null) return;
      signal('SIGKILL');
      await server.exited;
      server = null;
    },
    async stop() {
      await server?.stop();
      server = null;
    },
    freeze: () => signal('SIGSTOP'),
    thaw: () => signal('SIGCONT'),
    pid: () => server?.pid ?? null,
  };
}
