import { createServer } from 'node:net';

/**
 * A TCP port that nobody listens on: the first free one of `wanted`, else one that the system picks. Nothing holds the
 * port afterwards, so another process may take it before the caller does.
 */
export async function findFreePort(wanted: readonly number[], host = '127.0.0.1'): Promise<number> {
  for (const port of wanted) if ((await tryPort(port, host)) !== null) return port;
  const port = await tryPort(0, host);
  if (port === null) throw new Error(`no free port on ${host}`);
  return port;
}

/** A port that somebody asked for by a setting: others rely on it. Throws, naming the setting, when it is taken. */
export async function takeFixedPort(setting: string, port: number, host = '127.0.0.1'): Promise<number> {
  if ((await tryPort(port, host)) !== null) return port;
  throw new Error(`${setting}: port ${port} is taken; free it, name another, or take the setting out`);
}

/** Listens and closes again; the port that was had, or null when it is taken or forbidden. */
function tryPort(port: number, host: string): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : null));
    });
  });
}
