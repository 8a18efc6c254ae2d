import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/**
 * Why a request may come from a web page that has no business here; null when it may not. Browsers say where a request
 * comes from (`Sec-Fetch-Site`, `Origin`), and a foreign name as `Host` is how DNS rebinding shows. Scripts send neither.
 */
export function objectionToOrigin(request: IncomingMessage): string | null {
  const { host: address = '', origin, 'sec-fetch-site': site } = request.headers;
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return 'not from another web page';
  if (origin !== undefined && origin !== `http://${address}`) return 'not from another web page';
  const host = address.replace(/:\d+$/, '').replaceAll(/[[\]]/g, '');
  return host === 'localhost' || isIP(host) !== 0 ? null : `this server is not ${host}`;
}
