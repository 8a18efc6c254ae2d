import type { IncomingMessage, ServerResponse } from 'node:http';
import { objectionToOrigin } from '#connectors/simulator-origin.ts';

const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Why a request is refused, or null. The range holds a bot's chat and kills processes, so no other web page may reach
 * it: a foreign `Host` is a rebound DNS name, and a browser says in `Sec-Fetch-Site` and `Origin` which page asks.
 * Scripts send neither header and are let through. Following a link to the page itself is allowed from anywhere.
 */
export function objectionToRequest(request: IncomingMessage, port: number): string | null {
  const host = request.headers.host ?? '';
  if (!LOOPBACK_NAMES.some((name) => host === `${name}:${port}`)) return 'This address is not the range’s own.';
  const isVisit = request.method === 'GET' && request.headers['sec-fetch-mode'] === 'navigate' && request.url === '/';
  if (isVisit) return null;
  return objectionToOrigin(request) === null ? null : 'Another web page may not ask this.';
}

/** Headers of every answer: nothing is sniffed, framed, embedded elsewhere or told where it came from. */
export function setCommonHeaders(response: ServerResponse): void {
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('cross-origin-resource-policy', 'same-origin');
  response.setHeader('cross-origin-opener-policy', 'same-origin');
  response.setHeader('referrer-policy', 'no-referrer');
  response.setHeader('cache-control', 'no-cache');
}

/**
 * The page's content security policy: everything from this server, the import map by its hash, no HTML from strings.
 * @see https://www.w3.org/TR/CSP3/
 */
export function contentPolicyOf(importMapHash: string): string {
  return [
    `default-src 'none'`,
    `script-src 'self' 'sha256-${importMapHash}'`,
    `style-src 'self'`,
    `font-src 'self'`,
    `img-src 'self'`,
    `connect-src 'self'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types 'none'`,
  ].join('; ');
}
