import {
  embeddedIpv4,
  isNumericHost,
  readIpv4,
  readIpv6,
  readLooseIpv4,
  toAddressObservable,
} from '#domain/address.ts';
import type { Parsed } from '#domain/parsed.ts';

/** Whether a token must be read as an IPv4 address or refused, because some program would. */
export function isIpv4Like(text: string): boolean {
  return isNumericHost(text);
}

/** Whether a token can only be meant as an IPv6 address, in brackets or with a zone too. */
export function isIpv6Like(text: string): boolean {
  return /^\[?[0-9a-f:.]*:[0-9a-f:.]*:[0-9a-f:.]*(?:%[^\]]*)?\]?$/i.test(text);
}

/** Reads four-part decimal IPv4; every other spelling is an objection that names the address it would be. */
export function parseIpv4(text: string): Parsed {
  const hasDot = text.endsWith('.');
  const bare = hasDot ? text.slice(0, -1) : text;
  const address = readIpv4(bare);
  if (address) return { observable: toAddressObservable(address), notes: hasDot ? ['trailing dot removed'] : [] };
  if (/^\d+(?:\.\d+){3}$/.test(bare)) return parseOddQuad(bare);
  const reading = readLooseIpv4(bare);
  if (reading === null) return { objection: 'This is not an IPv4 address: it takes four numbers from 0 to 255.' };
  return {
    objection: `This is an odd spelling of an address; programs read it as ${reading}.`,
    didYouMean: { kind: 'ipv4', value: reading },
  };
}

/** Four numbers, but one is too big or begins with zero, which some programs read as octal and others do not. */
function parseOddQuad(text: string): Parsed {
  const parts = text.split('.');
  const octal = readLooseIpv4(text);
  const tooBig = parts.find((part) => Number(part) > 255);
  if (tooBig !== undefined && octal !== null) {
    return {
      objection: `Leading zeros make it octal: programs read it as ${octal}.`,
      didYouMean: { kind: 'ipv4', value: octal },
    };
  }
  if (tooBig !== undefined) return { objection: `${tooBig.slice(0, 20)} is more than 255: this is no IPv4 address.` };
  const decimal = parts.map(Number).join('.');
  if (octal === null || octal === decimal) {
    return { objection: `Write it without leading zeros: ${decimal}.`, didYouMean: { kind: 'ipv4', value: decimal } };
  }
  return {
    objection: `Leading zeros make it two addresses: ${decimal}, or ${octal} read as octal. Write the one you mean.`,
  };
}

/** Reads IPv6 in any spelling of RFC 4291. A mapped address is the IPv4 address; other embeddings are asked about. */
export function parseIpv6(text: string): Parsed {
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  const zone = bare.indexOf('%');
  if (zone >= 0) return askAboutZone(bare.slice(0, zone));
  const address = readIpv6(bare);
  if (!address) return { objection: 'This is not an IPv6 address.' };
  const embedded = embeddedIpv4(address);
  if (embedded === null) return { observable: toAddressObservable(address), notes: notesOn(address.range()) };
  const remark = `This is ${embedded.form} of ${embedded.address.value}.`;
  if (address.isIPv4MappedAddress()) return { observable: embedded.address, notes: [remark] };
  return { objection: remark, didYouMean: embedded.address };
}

function askAboutZone(text: string): Parsed {
  const objection = 'What follows % names a network card of one machine and is no part of an address.';
  const address = readIpv6(text);
  return address ? { objection, didYouMean: toAddressObservable(address) } : { objection };
}

function notesOn(range: string): string[] {
  if (range === '6to4') return ['6to4: an IPv4 address of the relay is inside'];
  return range === 'teredo' ? ['Teredo: IPv4 addresses of server and client are inside'] : [];
}
