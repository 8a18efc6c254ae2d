import { readIpv4, readIpv6, readNetwork } from '#domain/address.ts';
import type { Observable } from '#domain/observable.ts';
import { isUnderstood, type Parsed } from '#domain/parsed.ts';
import { parseDomain } from '#domain/parsers/domain.ts';
import { parseHash } from '#domain/parsers/hash.ts';
import { parseUrl } from '#domain/parsers/url.ts';

const ANOTHER_SPELLING = 'It is not in its one canonical spelling.';

/**
 * Why a target is not what its kind says in its one canonical spelling, as a sentence; null if it is. Only then is what
 * was shown what is blocked.
 */
export function objectionToSpelling({ kind, value }: Observable): string | null {
  switch (kind) {
    case 'ipv4':
      return readIpv4(value)?.toString() === value ? null : ANOTHER_SPELLING;
    case 'ipv6':
      return readIpv6(value)?.toString() === value ? null : ANOTHER_SPELLING;
    case 'cidr':
      return spellNetwork(value) === value ? null : ANOTHER_SPELLING;
    case 'domain':
      return objectionToParsed(parseDomain(value, true), { kind, value });
    case 'url':
      return objectionToParsed(parseUrl(value), { kind, value });
    case 'md5':
    case 'sha1':
    case 'sha256':
      return objectionToParsed(parseHash(value), { kind, value });
    case 'host':
      return /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?$/.test(value)
        ? null
        : 'It is not the name of a machine.';
    case 'email':
      return 'An e-mail address cannot be blocked.';
    default:
      return 'Nothing of this kind can be blocked.';
  }
}

function spellNetwork(text: string): string | null {
  const network = readNetwork(text);
  return network ? `${network.start.toString()}/${network.prefix}` : null;
}

function objectionToParsed(parsed: Parsed, { kind, value }: Observable): string | null {
  if (!isUnderstood(parsed)) return parsed.objection;
  return parsed.observable.kind === kind && parsed.observable.value === value ? null : ANOTHER_SPELLING;
}
