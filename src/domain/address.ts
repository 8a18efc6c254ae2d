import ipaddr from 'ipaddr.js';
import type { Observable } from './observable.ts';

/** An IPv4 address hidden in an IPv6 one, and the name of the trick. */
export type Embedded = { readonly address: Observable; readonly form: string };

/** A network in the form that comparing needs. A single address is a network of full length. */
export type Network = { readonly start: ipaddr.IPv4 | ipaddr.IPv6; readonly prefix: number };

const LONGEST_IPV6 = 45;
const FOUR_PARTS = /^(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}$/;

/** Reads four decimal parts without leading zeros, each at most 255, and nothing else; null otherwise. */
export function readIpv4(text: string): ipaddr.IPv4 | null {
  if (!FOUR_PARTS.test(text)) return null;
  const octets = text.split('.').map(Number);
  return octets.every((octet) => octet <= 255) ? new ipaddr.IPv4(octets) : null;
}

/**
 * Reads an IPv6 address without zone or prefix; null otherwise. The WHATWG host parser goes first: `ipaddr.js` alone
 * takes `::192.0.2.1` for the mapped `::ffff:192.0.2.1`, which is another address.
 */
export function readIpv6(text: string): ipaddr.IPv6 | null {
  if (text.length > LONGEST_IPV6 || !/^[0-9a-f:.]+$/i.test(text)) return null;
  const url = URL.parse(`http://[${text}]/`);
  return url ? ipaddr.IPv6.parse(url.hostname.slice(1, -1)) : null;
}

/** What a browser or an old library opens for `0x7f.1`, `2130706433` or `0300.0.2.1`; null if it is no address to them. */
export function readLooseIpv4(text: string): string | null {
  if (!/^[0-9a-fx.]{1,64}$/i.test(text)) return null;
  const host = URL.parse(`http://${text}/`)?.hostname;
  return host !== undefined && readIpv4(host) ? host : null;
}

/** Whether programs take a host for an IPv4 address: its last label is a number (WHATWG URL, "ends in a number"). */
export function isNumericHost(text: string): boolean {
  return /(?:^|\.)(?:\d+|0x[0-9a-f]*)\.?$/i.test(text);
}

/** The canonical observable: dotted quad, or RFC 5952. */
export function toAddressObservable(address: ipaddr.IPv4 | ipaddr.IPv6): Observable {
  return { kind: address.kind(), value: address.toString() };
}

/**
 * The IPv4 address that traffic to an IPv6 address really concerns: mapped (RFC 4291), NAT64 (RFC 6052), translated
 * (RFC 2765) and the abolished compatible form; null if there is none. 6to4 and Teredo wrap a relay, not the target.
 */
export function embeddedIpv4(address: ipaddr.IPv6): Embedded | null {
  const head = address.parts.slice(0, 6).map((part) => part.toString(16));
  const form = EMBEDDING[head.join(':')];
  const [high = 0, low = 0] = address.parts.slice(6);
  if (form === undefined || (form === COMPATIBLE && high === 0)) return null;
  const octets = [high >> 8, high & 255, low >> 8, low & 255];
  return { address: { kind: 'ipv4', value: octets.join('.') }, form };
}

const COMPATIBLE = 'IPv4-compatible IPv6';
const EMBEDDING: Record<string, string> = {
  '0:0:0:0:0:ffff': 'IPv4-mapped IPv6',
  '64:ff9b:0:0:0:0': 'NAT64',
  '0:0:0:0:ffff:0': 'IPv4-translated IPv6',
  '0:0:0:0:0:0': COMPATIBLE,
};

/** Reads an address or a network such as `203.0.113.0/24`, host bits cleared; null if it is neither. */
export function readNetwork(text: string): Network | null {
  const match = /^([^/]+)(?:\/(0|[1-9]\d{0,2}))?$/.exec(text);
  const address = readIpv4(match?.[1] ?? '') ?? readIpv6(match?.[1] ?? '');
  if (!address) return null;
  const bits = address.kind() === 'ipv4' ? 32 : 128;
  const prefix = match?.[2] === undefined ? bits : Number(match[2]);
  return prefix > bits ? null : { start: toNetworkStart(address, prefix), prefix };
}

/** Whether an address lies in a network of the same family. */
export function isWithin(address: ipaddr.IPv4 | ipaddr.IPv6, network: Network): boolean {
  const { start, prefix } = network;
  if (address instanceof ipaddr.IPv4) return start instanceof ipaddr.IPv4 && address.match(start, prefix);
  return start instanceof ipaddr.IPv6 && address.match(start, prefix);
}

/** Whether one of two networks holds the other: networks never overlap in part. */
export function overlaps(one: Network, other: Network): boolean {
  return one.prefix <= other.prefix ? isWithin(other.start, one) : isWithin(one.start, other);
}

function toNetworkStart(address: ipaddr.IPv4 | ipaddr.IPv6, prefix: number): ipaddr.IPv4 | ipaddr.IPv6 {
  const cleared = address.toByteArray().map((byte, index) => {
    const kept = Math.min(8, Math.max(0, prefix - 8 * index));
    return byte & (0xff00 >> kept);
  });
  return ipaddr.fromByteArray(cleared);
}
