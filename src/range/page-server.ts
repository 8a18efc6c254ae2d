import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readAsset } from './page-assets.ts';
import { answerControl } from './page-controls.ts';
import { streamEvents } from './page-events.ts';
import { objectionToRequest, setCommonHeaders } from './page-guard.ts';
import { proxyToUserSide } from './page-proxy.ts';
import type { RangeControls } from './view.ts';

/** What the page needs behind it. */
export type PageServerOptions = {
  /** 0, the default, takes a free port. */
  readonly port?: number;
  /** The simulated Telegram's user-side address, ending in `/user`. */
  readonly telegram: { readonly userSide: string };
  readonly controls: RangeControls;
};

/** The training range's page, while it is served. */
export type PageServer = { readonly url: string; close(): Promise<void> };

/**
 * Serves the training range's page on loopback: the page and its files, `/user/…` of the simulated Telegram, the
 * range's state and controls under `/range/…`, and one stream of both's events under `/events`.
 */
export async function startPageServer(options: PageServerOptions): Promise<PageServer> {
  const server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo;
    void answer(request, response, { ...options, port }).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { port = 0, telegram, controls }: PageServerOptions,
): Promise<void> {
  setCommonHeaders(response);
  const objection = objectionToRequest(request, port);
  if (objection !== null) return answerJson(response, 403, { error: objection });
  const pathname = URL.parse(request.url ?? '/', 'http://page')?.pathname ?? '';
  const isRead = request.method === 'GET';
  if (pathname === '/user' || pathname.startsWith('/user/')) {
    return proxyToUserSide(request, response, telegram.userSide);
  }
  if (isRead && pathname === '/events') return streamEvents(response, controls, telegram.userSide);
  if (isRead && pathname === '/range/events') return streamEvents(response, controls);
  if (pathname.startsWith('/range/')) {
    const { status, body } = await answerControl(request, pathname, controls);
    return answerJson(response, status, body);
  }
  const asset = isRead ? await readAsset(pathname) : null;
  if (asset === null) return answerJson(response, 404, { error: 'There is nothing here.' });
  response.writeHead(200, asset.headers).end(asset.body);
}

function answerJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}
