import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseObservableKey } from '#domain/observable.ts';
import type { Secret } from '#domain/secret.ts';
import { refusalOf } from './access.ts';
import type { BlockList } from './block-list.ts';
import { ADDRESS_PATH, type Feed, FEEDS, renderFeed } from './feeds.ts';

export type FeedOptions = {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** Asked for as a Bearer token or as the password of Basic authentication; none on loopback if unset. */
  readonly token: Secret | null;
  /** Addresses and networks that may fetch; all unless set. With a token, both are asked for. */
  readonly allow?: readonly string[] | null;
  readonly blockList: BlockList;
  readonly now: () => string;
};

/**
 * Serves the block list as firewalls poll it: one entry per line, plain text, with an ETag, in the formats of `feeds.ts`.
 * What cannot be read is 503, never an empty list: firewalls keep their last list then. Other paths are 404, and nothing
 * can be written. `url` is where the list of addresses is.
 */
export async function serveBlockFeed(options: FeedOptions): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    answer(options, request, response).catch(() => {
      response
        .writeHead(503, { 'content-type': 'text/plain', 'retry-after': '30' })
        .end('the list cannot be read now\n');
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  return {
    url: `http://${host}:${port}${ADDRESS_PATH}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(options: FeedOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method, url = '', headers: asked, socket } = request;
  const end = (status: number, headers: Record<string, string> = {}) => response.writeHead(status, headers).end();
  const access = { token: options.token, allow: options.allow ?? null };
  const refusal = refusalOf(access, socket.remoteAddress, asked.authorization);
  if (refusal === 403) return void end(403);
  if (refusal === 401) return void end(401, { 'www-authenticate': 'Basic realm="block feed"' });
  const feed = FEEDS.get(url.split('?')[0] ?? '');
  if (!feed) return void end(404);
  if (method !== 'GET' && method !== 'HEAD') return void end(405, { allow: 'GET, HEAD' });
  const { body, leftOut } = await readFeed(feed, options.blockList, options.now());
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  const headers = {
    etag,
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-cache',
    'x-left-out': String(leftOut),
  };
  if (isKnown(etag, asked['if-none-match'])) return void end(304, headers);
  response.writeHead(200, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(method === 'HEAD' ? '' : body);
}

/** A block whose time is up is not served, even while nobody has taken it off the list yet. */
async function readFeed(feed: Feed, blockList: BlockList, now: string): Promise<ReturnType<typeof renderFeed>> {
  const blocks = await blockList.list();
  const inForce = blocks.filter((block) => block.until > now).map((block) => parseObservableKey(block.target));
  return renderFeed(
    feed,
    inForce.filter((target) => target !== null),
  );
}

/** Compared weakly (RFC 9110, 13.1.2): a proxy that compresses makes every tag a weak one. */
function isKnown(etag: string, known: string | undefined): boolean {
  const tags = known?.split(/\s*,\s*/).map((tag) => tag.replace(/^W\//, '')) ?? [];
  return tags.includes(etag) || tags.includes('*');
}
