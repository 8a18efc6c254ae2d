/**
 * The kinds of observable SocBot understands. A CIDR is a network, never a single address; a host is a machine of ours by
 * its name, which is isolated and never looked up.
 */
export const OBSERVABLE_KINDS = [
  'ipv4',
  'ipv6',
  'cidr',
  'domain',
  'url',
  'md5',
  'sha1',
  'sha256',
  'email',
  'host',
] as const;

export type ObservableKind = (typeof OBSERVABLE_KINDS)[number];

/**
 * A value seen somewhere, in its one canonical spelling: lower-case hosts in punycode, addresses as RFC 5952 or dotted
 * quad, URLs as WHATWG serialises them, hashes in lower case. Only `parseObservable` makes one from outside text.
 */
export type Observable = { readonly kind: ObservableKind; readonly value: string };

/** Reads what `observableKey` wrote; null for anything else. */
export function parseObservableKey(key: string): Observable | null {
  const at = key.indexOf(':');
  const kind = OBSERVABLE_KINDS.find((one) => one === key.slice(0, at));
  return kind && at < key.length - 1 ? { kind, value: key.slice(at + 1) } : null;
}

/** One text per observable, fit for a map, a cache key or a hash. */
export function observableKey(observable: Observable): string {
  return `${observable.kind}:${observable.value}`;
}
