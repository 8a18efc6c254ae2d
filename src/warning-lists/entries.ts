import { parse as parseSuffix } from 'tldts';
import { embeddedIpv4, isNumericHost, type Network, readIpv6, readNetwork } from '#domain/address.ts';
import { toAsciiHost } from '#domain/idn.ts';

/** One entry of a list as we understand it. */
export type Entry =
  | { readonly kind: 'network'; readonly network: Network }
  | { readonly kind: 'hash'; readonly digits: string }
  | { readonly kind: 'name'; readonly name: string; readonly isSuffix: boolean };

const HASH_LENGTHS = [32, 40, 64];

/**
 * Reads an entry of a MISP list. `type` says what an entry stands for: `hostname` for a name and all beneath it, `string`
 * for the name itself, where a leading dot means all beneath it; `substring` is taken for `hostname`. Null when the entry
 * is of a form that the guard never sees (a SHA-512, an ssdeep) or that nobody can read.
 */
export function readEntry(text: string, type: string): Entry | null {
  const bare = text.trim().toLowerCase();
  if (/^[0-9a-f]+$/.test(bare) && HASH_LENGTHS.includes(bare.length)) return { kind: 'hash', digits: bare };
  const network = readAsNetwork(bare);
  if (network) return { kind: 'network', network };
  if (type === 'cidr') return null;
  const name = readAsName(bare.replace(/^\./, '').replace(/\.$/, ''));
  if (name === null) return null;
  const isMeantWhole = type !== 'string' || bare.startsWith('.');
  return { kind: 'name', name, isSuffix: isMeantWhole && !isRegistrySuffix(name) };
}

/** Mapped addresses are filed as the IPv4 addresses they are. */
function readAsNetwork(text: string): Network | null {
  const address = readIpv6(text);
  const embedded = address?.isIPv4MappedAddress() === true ? embeddedIpv4(address) : null;
  return readNetwork(embedded?.address.value ?? text);
}

function readAsName(text: string): string | null {
  const host = /^[^\s/?#@:\\%]{1,253}$/.test(text) ? toAsciiHost(text) : null;
  const isName = host !== null && /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)+$/.test(host) && !isNumericHost(host);
  return isName ? host : null;
}

/** What lies beneath `co.uk` has nothing to do with a list that it strayed into. */
function isRegistrySuffix(name: string): boolean {
  const { domain, isIcann } = parseSuffix(name);
  return domain === null && isIcann === true;
}
