import type ipaddr from 'ipaddr.js';
import { objectionToRange } from '#domain/guard/ranges.ts';
import { isWithin, readIpv4, readIpv6, readNetwork } from './address.ts';
import type { Observable } from './observable.ts';

/** What SocBot must never block, from its configuration. */
export type BlockingGuard = {
  /** Our own addresses and networks in slash notation. */
  readonly own: readonly string[];
  /** True in the training range alone, whose whole world lies in the ranges kept for documentation (RFC 5737, RFC 3849). */
  readonly allowDocumentationRanges: boolean;
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
