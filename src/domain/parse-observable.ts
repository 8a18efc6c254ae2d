import { firstHiddenCharacter } from '#domain/hidden-characters.ts';
import { isUnderstood, type Parsed } from '#domain/parsed.ts';
import { isIpv4Like, isIpv6Like, parseIpv4, parseIpv6 } from '#domain/parsers/address.ts';
import { isCidrLike, parseCidr } from '#domain/parsers/cidr.ts';
import { parseDomain } from '#domain/parsers/domain.ts';
import { parseEmail } from '#domain/parsers/email.ts';
import { isHashLike, parseHash } from '#domain/parsers/hash.ts';
import { parseUrl } from '#domain/parsers/url.ts';
import { refang, type Refanged } from '#domain/refang.ts';

/** In UTF-16 units: as long as a Telegram message. */
export const LONGEST_TOKEN = 4096;

/**
 * Reads one token strictly into an observable in its canonical spelling, whatever style it was defanged in. What could
 * be taken for two things is an objection, with a guess for a person to confirm; nothing is ever guessed silently.
 * Never throws. The canonical value, defanged or not, reads back as itself.
 */
export function parseObservable(text: string): Parsed {
  if (text.length > LONGEST_TOKEN) return { objection: `More than ${LONGEST_TOKEN} characters are no observable.` };
  const refanged = refang(text.trim());
  const objection = objectionToToken(refanged.text);
  if (objection !== null) return { objection };
  const parsed = parseToken(refanged);
  if (!isUnderstood(parsed)) return parsed;
  if (refang(parsed.observable.value).text !== parsed.observable.value) {
    return { objection: 'Its brackets can be read in two ways.' };
  }
  return { observable: parsed.observable, notes: [...refanged.notes, ...parsed.notes] };
}

function objectionToToken(text: string): string | null {
  if (text === '') return 'Nothing to read here.';
  const hidden = firstHiddenCharacter(text);
  if (hidden !== null) return `It holds a character that cannot be seen, ${hidden}.`;
  return /\s/.test(text) ? 'These are several words: send one observable at a time.' : null;
}

/** The first shape that fits decides; no text is tried as something else after it failed as what it looks like. */
function parseToken({ text, wasDefanged }: Refanged): Parsed {
  if (isHashLike(text)) return parseHash(text);
  if (text.includes('://')) return parseUrl(text);
  if (text.includes('@') && !/[/?#]/.test(text.slice(text.lastIndexOf('@')))) return parseEmail(text);
  if (isCidrLike(text)) return parseCidr(text);
  if (/[/?#\\]/.test(text)) return askForScheme(text);
  if (isIpv6Like(text)) return parseIpv6(text);
  const portStart = /:\d{1,5}$/.exec(text)?.index;
  if (portStart !== undefined) return askAboutPort(text.slice(0, portStart));
  return isIpv4Like(text) ? parseIpv4(text) : parseDomain(text, wasDefanged);
}

function askForScheme(text: string): Parsed {
  const url = parseUrl(`http://${text}`);
  if (!isUnderstood(url)) return { objection: url.objection };
  return { objection: 'A URL begins with http:// or https://.', didYouMean: url.observable };
}

function askAboutPort(host: string): Parsed {
  const parsed = host.startsWith('[') ? parseIpv6(host) : isIpv4Like(host) ? parseIpv4(host) : parseDomain(host, true);
  if (!isUnderstood(parsed)) return parsed;
  return { objection: 'A port is no part of an address or a domain.', didYouMean: parsed.observable };
}
