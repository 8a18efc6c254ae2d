import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/**
 * Why a request may come from a web page that has no business here; null when it may not. Browsers say where a request
 * comes from (`Sec-Fetch-Site`), and a name with a dot as `Host` is how DNS rebinding shows.
 */
export function objectionToOrigin(request: IncomingMessage): string | null {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return 'not from another web page';
  const host = (request.headers.host ?? '').replace(/:\d+$/, '').replaceAll(/[[\]]/g, '');
  return host.includes('.') && isIP(host) === 0 ? `this server is not ${host}` : null;
}
