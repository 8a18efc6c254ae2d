import { isIP, isIPv4 } from 'node:net';

/** A host and port to listen on. The host is an address or `localhost`. */
export type ListenAddress = { readonly host: string; readonly port: number };

/** Reads `127.0.0.1:8480`, `[::1]:8480` or `localhost:8480`; null for anything else. */
export function parseListenAddress(text: string): ListenAddress | null {
  const match = /^(?:\[([0-9a-f:.]+)\]|([0-9.]+|localhost)):(\d{1,5})$/i.exec(text);
  const host = (match?.[1] ?? match?.[2] ?? '').toLowerCase();
  const port = parsePort(match?.[3] ?? '');
  const isHost = match?.[1] === undefined ? host === 'localhost' || isIPv4(host) : isIP(host) === 6;
  return port !== null && isHost ? { host, port } : null;
}

/** Reads a TCP port, 1 to 65535; null for anything else. */
export function parsePort(text: string): number | null {
  const port = /^[1-9]\d{0,4}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : null;
}

/** Whether a text is `host:port`, as of a service to connect to; the host may be a name. */
export function isHostAndPort(text: string): boolean {
  const match = /^(?:[\w.-]{1,253}|\[[0-9a-f:]{2,39}\]):(\d{1,5})$/i.exec(text);
  return parsePort(match?.[1] ?? '') !== null;
}

/** Whether only this machine can reach the host. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || (isIPv4(host) && host.startsWith('127.'));
}

/**
 * Whether a URL keeps to this machine or to a name without a dot, which only a private network (such as Compose's)
 * resolves: there a secret may travel without TLS.
 */
export function isNearby(url: URL): boolean {
  return isLoopback(url.hostname) || /^[a-z0-9-]+$/i.test(url.hostname);
}
