import { parse as parseSuffix } from 'tldts';
import { scriptsOf, suspicionOf, toAsciiHost, toUnicodeHost } from '#domain/idn.ts';
import type { Parsed } from '#domain/parsed.ts';

const LONGEST = 253;
/** Public suffixes that are everyday endings of file names. */
const FILE_ENDING = /\.(?:zip|mov|sh|py|rs|pl|md|ps|so|cab|app)$/;

/**
 * Reads a public domain name of at least two labels into lower-case punycode. `isCertain` says that it can be nothing
 * but a domain, because it was defanged or is the host of something; without it `invoice.zip` is asked about.
 */
export function parseDomain(text: string, isCertain: boolean): Parsed {
  const hasDot = text.endsWith('.');
  const typed = hasDot ? text.slice(0, -1) : text;
  if (!/^\p{ASCII}*$/u.test(typed)) return parseUnicodeDomain(typed);
  const host = typed.toLowerCase();
  const stray = /[^a-z0-9._-]/.exec(host);
  if (stray) return { objection: `“${stray[0]}” has no place in a domain name.` };
  const objection = objectionToLabels(host) ?? objectionToSuffix(host);
  if (objection !== null) return { objection };
  if (!isCertain && FILE_ENDING.test(host)) {
    return { objection: 'This can be a file name or a domain.', didYouMean: { kind: 'domain', value: host } };
  }
  const unicode = toUnicodeHost(host);
  if (unicode === null) return { objection: 'The part after xn-- is not valid punycode.' };
  const notes = [...(hasDot ? ['trailing dot removed'] : []), ...notesOn(host, unicode)];
  return { observable: { kind: 'domain', value: host }, notes };
}

/** A name typed in Unicode is shown in punycode, and asked about when the eye can take it for another. */
function parseUnicodeDomain(host: string): Parsed {
  const ascii = /[/?#@:\\%]/.test(host) ? null : toAsciiHost(host);
  if (ascii === null) return { objection: 'This is not a domain name: its letters are not allowed together.' };
  const parsed = parseDomain(ascii, true);
  if (!('observable' in parsed)) return parsed;
  const suspicion = isRespelled(host) ? 'uses look-alike signs' : suspicionOf(host);
  if (suspicion === null) return parsed;
  return { objection: `The name ${suspicion}.`, didYouMean: parsed.observable };
}

/** Whether a sign such as `ⓔ` or the Kelvin sign becomes plain ASCII in DNS: what is looked up is not what is seen. */
function isRespelled(host: string): boolean {
  return Array.from(host).some((sign) => sign > '\u007F' && /[\x21-\x7E]/.test(sign.normalize('NFKC').toLowerCase()));
}

/** RFC 1035 2.3.4 and RFC 1123 2.1; underscores as RFC 8552 has them, in front of the registered name only. */
function objectionToLabels(host: string): string | null {
  const labels = host.split('.');
  if (labels.length < 2) return 'A single word is not a domain name.';
  if (host.length > LONGEST) return `A domain name has at most ${LONGEST} characters.`;
  if (labels.some((label) => label.length < 1 || label.length > 63))
    return 'Each part of a domain has 1 to 63 characters.';
  if (labels.some((label) => label.startsWith('-') || label.endsWith('-')))
    return 'A part begins or ends with a hyphen.';
  return labels.slice(-2).some((label) => label.includes('_')) ? 'A registered name has no underscore.' : null;
}

/** Only names under a public ending can be asked about in public; `.example` is kept for examples (RFC 2606). */
function objectionToSuffix(host: string): string | null {
  const { domain, isIcann, isPrivate, publicSuffix } = parseSuffix(host, { allowPrivateDomains: true });
  if (publicSuffix === 'example') return null;
  if (!isIcann && !isPrivate) return `No public domain ends in .${host.slice(host.lastIndexOf('.') + 1)}.`;
  return domain === null && isIcann ? 'This is a public suffix: domains of many owners end in it.' : null;
}

function notesOn(host: string, unicode: string): string[] {
  const notes: string[] = [];
  if (unicode !== host) {
    const suspicion = suspicionOf(unicode);
    notes.push(`punycode for a name with ${scriptsOf(unicode)} letters`);
    if (suspicion !== null) notes.push(`look-alike: the name ${suspicion}`);
  }
  if (host.includes('_')) notes.push('has an underscore: a DNS name, not a host');
  if (host.endsWith('.onion')) notes.push('a Tor service, not in DNS');
  return notes;
}
