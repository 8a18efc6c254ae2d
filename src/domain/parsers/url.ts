import { defang } from '#domain/defang.ts';
import type { Observable } from '#domain/observable.ts';
import { isUnderstood, type Parsed } from '#domain/parsed.ts';
import { isIpv4Like, parseIpv4, parseIpv6 } from '#domain/parsers/address.ts';
import { parseDomain } from '#domain/parsers/domain.ts';

type Parts = {
  readonly scheme: string;
  readonly user: string;
  readonly host: string;
  readonly port: string;
  readonly rest: string;
};

const SCHEMES = new Set(['http', 'https', 'ftp']);
const LONGEST = 4096;
const SHAPE = /^([a-z][a-z0-9+.-]{0,31}):\/\/([^/?#]*@)?(\[[^/?#@\]]*\]|[^/?#@:]*)(:\d*)?((?:[/?#].*)?)$/is;

/**
 * Reads an absolute http, https or ftp URL into the spelling of the WHATWG URL standard. The host is held to the same
 * rules as a host on its own, so that no spelling hides where a URL leads.
 */
export function parseUrl(text: string): Parsed {
  const parts = toParts(text);
  if (!parts) return { objection: 'This is not a URL: no readable host stands after ://.' };
  if (!SCHEMES.has(parts.scheme)) return { objection: 'Only http, https and ftp URLs are understood.' };
  if (`${parts.user}${parts.host}`.includes('\\')) {
    return { objection: 'A backslash hides which host this URL leads to.' };
  }
  const place = parseHost(parts.host);
  if (!isUnderstood(place)) {
    const guess = place.didYouMean ? spellUrl(parts, place.didYouMean) : null;
    return guess ? { objection: place.objection, didYouMean: guess } : { objection: place.objection };
  }
  const observable = spellUrl(parts, place.observable);
  if (!observable) return { objection: 'This is not a URL: its port or its length is impossible.' };
  const owner =
    parts.user === '' ? [] : [`what stands before @ is a user name: the host is ${defang(place.observable)}`];
  return { observable, notes: [...place.notes, ...owner] };
}

function toParts(text: string): Parts | null {
  const match = SHAPE.exec(text);
  if (!match?.[3]) return null;
  const [, scheme = '', user = '', host, port = '', rest = ''] = match;
  return { scheme: scheme.toLowerCase(), user, host, port, rest };
}

function parseHost(host: string): Parsed {
  if (host.startsWith('[')) return parseBracketed(host);
  return isIpv4Like(host) ? parseIpv4(host) : parseDomain(host, true);
}

/** An IPv4 address inside is told and not asked about: the URL is the observable, not the address it leads to. */
function parseBracketed(host: string): Parsed {
  const parsed = parseIpv6(host);
  if (isUnderstood(parsed) || parsed.didYouMean?.kind !== 'ipv4') return parsed;
  return { observable: parsed.didYouMean, notes: [parsed.objection] };
}

function spellUrl(parts: Parts, place: Observable): Observable | null {
  const hasIpv4Inside = parts.host.startsWith('[') && place.kind === 'ipv4';
  const host = hasIpv4Inside ? parts.host : place.kind === 'ipv6' ? `[${place.value}]` : place.value;
  const url = URL.parse(`${parts.scheme}://${parts.user}${host}${parts.port}${parts.rest}`);
  return url && url.href.length <= LONGEST ? { kind: 'url', value: url.href } : null;
}
