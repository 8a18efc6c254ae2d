import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseObservableKey } from '#domain/observable.ts';
import type { Secret } from '#domain/secret.ts';
import type { BlockList } from './block-list.ts';

export type FeedOptions = {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** Asked for as a Bearer token or as the password of Basic authentication; none on loopback if unset. */
  readonly token: Secret | null;
  readonly blockList: BlockList;
  readonly now: () => string;
};

const FEED_PATH = '/blocklist.txt';

/**
 * Serves the block list as firewalls poll it: one address per line, plain text, with an ETag. What cannot be read is
 * 503, never an empty list: firewalls keep their last list then. Other paths are 404, and nothing can be written.
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
    url: `http://${host}:${port}${FEED_PATH}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(options: FeedOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method, url = '' } = request;
  const refuse = (status: number, headers: Record<string, string> = {}) => response.writeHead(status, headers).end();
  if (!isAllowed(options.token, request.headers.authorization)) {
    refuse(401, { 'www-authenticate': 'Basic realm="block feed"' });
    return;
  }
  if (url.split('?')[0] !== FEED_PATH) return void refuse(404);
  if (method !== 'GET' && method !== 'HEAD') return void refuse(405, { allow: 'GET, HEAD' });
  const body = await readFeed(options.blockList, options.now());
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  const headers = { etag, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-cache' };
  if (isKnown(etag, request.headers['if-none-match'])) return void refuse(304, headers);
  response.writeHead(200, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(method === 'HEAD' ? '' : body);
}

/** A block whose time is up is not served, even while nobody has taken it off the list yet. */
async function readFeed(blockList: BlockList, now: string): Promise<string> {
  const blocks = await blockList.list();
  const values = blocks.filter((block) => block.until > now).map((block) => parseObservableKey(block.target)?.value);
  return values.map((value) => (value === undefined ? '' : `${value}\n`)).join('');
}

/** Compared weakly (RFC 9110, 13.1.2): a proxy that compresses makes every tag a weak one. */
function isKnown(etag: string, known: string | undefined): boolean {
  const tags = known?.split(/\s*,\s*/).map((tag) => tag.replace(/^W\//, '')) ?? [];
  return tags.includes(etag) || tags.includes('*');
}

function isAllowed(token: Secret | null, authorization: string | undefined): boolean {
  if (!token) return true;
  const [scheme, credentials = ''] = (authorization ?? '').split(' ');
  if (scheme?.toLowerCase() === 'bearer') return isSame(credentials, token.reveal());
  if (scheme?.toLowerCase() !== 'basic') return false;
  const password = Buffer.from(credentials, 'base64').toString('utf8').split(':').slice(1).join(':');
  return isSame(password, token.reveal());
}

function isSame(given: string, expected: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(expected));
}
