import type { Observable } from './observable.ts';

/** The last dot inside a name or an address: the one that `defang` breaks. */
const LAST_DOT =
  /(?<=[\p{L}\p{N}])\.(?=[\p{L}\p{N}][\p{L}\p{N}\p{M}_-]*(?:$|[^\p{L}\p{N}\p{M}_.-]|\.(?![\p{L}\p{N}])))/gu;

const SCHEMES: Record<string, string> = { http: 'hxxp', https: 'hxxps', ftp: 'fxp' };

/**
 * Writes an observable so that no program opens it and nobody's thumb does: `203.0.113[.]9`, `evil[.]example`,
 * `hxxps://evil[.]example/a`, `user[@]evil[.]example`, `2001[:]db8::1`. Hashes stay. `parseObservable` reads it back.
 */
export function defang(observable: Observable): string {
  const { kind, value } = observable;
  switch (kind) {
    case 'ipv4':
    case 'domain':
      return defangHost(value);
    case 'ipv6':
    case 'cidr':
      return value.includes(':') ? value.replace(':', '[:]') : defangHost(value);
    case 'email':
      return defangEmail(value);
    case 'url':
      return defangUrl(value);
    case 'md5':
    case 'sha1':
    case 'sha256':
    case 'host':
      return value;
  }
}

/** Breaks every link and address in free text of an outside source; for reading only, nothing parses it back. */
export function defangText(text: string): string {
  return text
    .replace(/\bhttp(?=s?:)/gi, 'hxxp')
    .replace(/\bftp(?=:)/gi, 'fxp')
    .replace(LAST_DOT, '[.]')
    .replace(/(?<=\S)@(?=\S)/g, '[@]');
}

function defangHost(host: string): string {
  const dot = host.lastIndexOf('.');
  return dot < 0 ? host : `${host.slice(0, dot)}[.]${host.slice(dot + 1)}`;
}

function defangEmail(value: string): string {
  const at = value.lastIndexOf('@');
  return `${value.slice(0, at)}[@]${defangHost(value.slice(at + 1))}`;
}

function defangUrl(value: string): string {
  const match = /^([a-z]+):\/\/([^/?#]*@)?([^/?#@]*)(.*)$/s.exec(value);
  if (!match) return value;
  const [, scheme = '', user = '', host = '', rest = ''] = match;
  return `${SCHEMES[scheme] ?? scheme}://${user}${host.startsWith('[') ? host : defangHost(host)}${rest}`;
}
