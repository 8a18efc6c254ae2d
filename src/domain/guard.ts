import type ipaddr from 'ipaddr.js';
import { isWithin, readIpv4, readIpv6, readNetwork } from './address.ts';
import type { Observable } from './observable.ts';

/** What SocBot must never block, from its configuration. */
export type BlockingGuard = {
  /** Our own addresses and networks in slash notation. */
  readonly own: readonly string[];
  /** True in the training range alone, whose whole world lies in the ranges kept for documentation (RFC 5737, RFC 3849). */
  readonly allowDocumentationRanges: boolean;
};

const DOCUMENTATION = ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '2001:db8::/32', '3fff::/20'];

/** The only IPv6 space that is handed out (RFC 4291, 2.4; IANA IPv6 address space registry). */
const GLOBAL_UNICAST_IPV6 = '2000::/3';

/** Words for the ranges of `ipaddr.js`; a range without an entry is refused as a special one. */
const RANGES: Record<string, string> = {
  unspecified: 'no address of a machine (RFC 1122)',
  broadcast: 'the broadcast address',
  multicast: 'a multicast address',
  linkLocal: 'a link-local address',
  loopback: 'a loopback address',
  carrierGradeNat: 'a shared address of providers (RFC 6598)',
  private: 'a private address (RFC 1918)',
  uniqueLocal: 'a private address (RFC 4193)',
  ipv4Mapped: 'an IPv4 address written as IPv6',
  rfc6145: 'an IPv4 address written as IPv6',
  rfc6052: 'an IPv4 address behind NAT64',
  '6to4': 'an address of a 6to4 tunnel',
  teredo: 'an address of a Teredo tunnel',
  reserved: 'a reserved address',
};

/**
 * Why an observable must not be blocked, as a sentence; null when it is one public unicast address that is not ours.
 * Whatever cannot be read, in the observable or in the guard, is refused.
 */
export function objectionToBlocking(observable: Observable, guard: BlockingGuard): string | null {
  const address = readAddress(observable);
  if (address === null) return 'Only a single IP address can be blocked.';
  return objectionToOwn(address, guard.own) ?? objectionToRange(address, guard.allowDocumentationRanges);
}

/**
 * Why nobody outside can know anything of an address, a network or the host of a URL, as a sentence; null for the public
 * ones. Asking about them would only tell others how we number our machines.
 */
export function objectionToAsking({ kind, value }: Observable, guard: BlockingGuard): string | null {
  const host =
    kind === 'url' ? (URL.parse(value)?.hostname.replace(/^\[|\]$/g, '') ?? '') : value.replace(/\/\d+$/, '');
  const isAddress = kind === 'ipv4' || kind === 'ipv6' || kind === 'cidr' || kind === 'url';
  const address = isAddress ? (readIpv4(host) ?? readIpv6(host)) : null;
  return address === null ? null : objectionToRange(address, guard.allowDocumentationRanges);
}

/** The kind must be told truly and the value be canonical, or else what is blocked is not what was shown. */
function readAddress({ kind, value }: Observable): ipaddr.IPv4 | ipaddr.IPv6 | null {
  const address = kind === 'ipv4' ? readIpv4(value) : kind === 'ipv6' ? readIpv6(value) : null;
  return address?.toString() === value ? address : null;
}

function objectionToOwn(address: ipaddr.IPv4 | ipaddr.IPv6, own: readonly string[]): string | null {
  for (const text of own) {
    const network = readNetwork(text);
    if (!network) return 'The list of own networks cannot be read: nothing is blocked until it is mended.';
    if (isWithin(address, network)) return `It lies in our own network ${text}.`;
  }
  return null;
}

function objectionToRange(address: ipaddr.IPv4 | ipaddr.IPv6, allowDocumentationRanges: boolean): string | null {
  if (DOCUMENTATION.some((network) => isWithinText(address, network))) {
    return allowDocumentationRanges ? null : 'It is an address for documentation, which nobody has.';
  }
  const range = address.range();
  if (range !== 'unicast') return `It is ${RANGES[range] ?? 'a special-purpose address'}.`;
  const isStray = address.kind() === 'ipv6' && !isWithinText(address, GLOBAL_UNICAST_IPV6);
  return isStray ? 'It lies in IPv6 space that is not in use.' : null;
}

function isWithinText(address: ipaddr.IPv4 | ipaddr.IPv6, text: string): boolean {
  const network = readNetwork(text);
  return network !== null && isWithin(address, network);
}
