import ipaddr from 'ipaddr.js';
import { embeddedIpv4, isNumericHost, readIpv4, readIpv6, readNetwork, toAddressObservable } from '#domain/address.ts';
import type { Observable } from '#domain/observable.ts';
import type { Objected, Parsed } from '#domain/parsed.ts';

const SHAPE = /^([0-9a-fx:.[\]]+)\/(\d{1,3}|\d{1,3}(?:\.\d{1,3}){3})$/i;

/** Whether a token looks like an address with a prefix length or a netmask behind the slash. */
export function isCidrLike(text: string): boolean {
  const base = SHAPE.exec(text)?.[1] ?? '';
  return base.includes(':') || isNumericHost(base);
}

/** Reads a network in slash notation (RFC 4632, RFC 4291). Host bits are asked about: a network is never guessed. */
export function parseCidr(text: string): Parsed {
  const [base = '', mask = ''] = text.split('/');
  if (mask.includes('.')) return askAboutNetmask(base, mask);
  const address = readIpv4(base) ?? readIpv6(base);
  if (!address) return { objection: 'What stands before the slash is not an address in its plain spelling.' };
  const network = readNetwork(text);
  if (!network) return { objection: `A prefix is a number from 1 to ${address.kind() === 'ipv4' ? 32 : 128}.` };
  if (network.prefix === 0) return { objection: 'A prefix of 0 is every address there is.' };
  if (hasEmbeddedIpv4(address)) return { objection: 'This is an IPv4 network inside IPv6: write the IPv4 network.' };
  if (network.prefix === (address.kind() === 'ipv4' ? 32 : 128)) {
    return { observable: toAddressObservable(address), notes: [`/${mask} is a single address`] };
  }
  const observable: Observable = { kind: 'cidr', value: `${network.start.toString()}/${network.prefix}` };
  if (network.start.toString() === address.toString()) return { observable, notes: [] };
  return askAbout(`This is an address inside a network; the network is ${observable.value}.`, observable);
}

function hasEmbeddedIpv4(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return address instanceof ipaddr.IPv6 && embeddedIpv4(address) !== null;
}

function askAboutNetmask(base: string, mask: string): Objected {
  const objection = 'Write the network with a prefix length, such as /24, and not with a netmask.';
  const prefix = readIpv4(mask)?.prefixLengthFromSubnetMask() ?? 0;
  const network = prefix > 0 && prefix < 32 && readIpv4(base) ? readNetwork(`${base}/${prefix}`) : null;
  if (!network) return { objection };
  return askAbout(objection, { kind: 'cidr', value: `${network.start.toString()}/${prefix}` });
}

function askAbout(objection: string, didYouMean: Observable): Objected {
  return { objection, didYouMean };
}
