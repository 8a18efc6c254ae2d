import type ipaddr from 'ipaddr.js';
import { isWithin, type Network, readNetwork } from '#domain/address.ts';

const DOCUMENTATION = read(['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '2001:db8::/32', '3fff::/20']);

/** The only IPv6 space that is handed out (RFC 4291, 2.4; IANA IPv6 address space registry). */
const GLOBAL_UNICAST_IPV6 = read(['2000::/3']);

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
 * Why an address is none that a machine on the Internet has, as a sentence; null for public unicast. `allowDocumentation`
 * lets the ranges kept for documentation through (RFC 5737, RFC 3849, RFC 9637).
 */
export function objectionToRange(address: ipaddr.IPv4 | ipaddr.IPv6, allowDocumentation: boolean): string | null {
  if (DOCUMENTATION.some((network) => isWithin(address, network))) {
    return allowDocumentation ? null : 'It is an address for documentation, which nobody has.';
  }
  const range = address.range();
  if (range !== 'unicast') return `It is ${RANGES[range] ?? 'a special-purpose address'}.`;
  const isStray = address.kind() === 'ipv6' && !GLOBAL_UNICAST_IPV6.some((network) => isWithin(address, network));
  return isStray ? 'It lies in IPv6 space that is not in use.' : null;
}

function read(texts: readonly string[]): readonly Network[] {
  return texts.map(readNetwork).filter((network) => network !== null);
}
