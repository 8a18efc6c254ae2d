import { request as ask } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Headers that concern one hop only (RFC 9110, 7.6.1), and those of the browser that the simulator has no use for. */
const DROPPED = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'te',
  'trailer',
  'host',
  'origin',
]);

/**
 * Hands a request for `/user/…` on to the simulated Telegram and streams the answer back, event streams and files
 * included. `userSide` is the simulator's user-side address, which ends in `/user`.
 */
export function proxyToUserSide(request: IncomingMessage, response: ServerResponse, userSide: string): void {
  const target = new URL(userSide.replace(/\/user\/?$/, '') + (request.url ?? ''));
  const upstream = ask(target, { method: request.method, headers: keptHeaders(request.headers) }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, {
      ...keptHeaders(answer.headers),
      ...(target.pathname.startsWith('/user/files/') ? FILE_HEADERS : {}),
    });
    response.flushHeaders();
    answer.pipe(response);
    answer.on('error', () => response.destroy());
  });
  upstream.on('error', () => {
    if (response.headersSent) response.destroy();
    else response.writeHead(502, { 'content-type': 'application/json' }).end(UNREACHABLE);
  });
  response.on('close', () => upstream.destroy());
  request.pipe(upstream);
}

/** A file that somebody sent is never run in the page's own origin: it is saved, whatever it says it is. */
const FILE_HEADERS = {
  'content-type': 'application/octet-stream',
  'content-disposition': 'attachment',
  'content-security-policy': `default-src 'none'; sandbox`,
};

const UNREACHABLE = JSON.stringify({ error: 'The simulated Telegram does not answer.' });

function keptHeaders(headers: IncomingMessage['headers']): IncomingMessage['headers'] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !DROPPED.has(name)));
}
