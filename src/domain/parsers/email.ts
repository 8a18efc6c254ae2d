import { isUnderstood, type Parsed } from '#domain/parsed.ts';
import { isIpv4Like } from '#domain/parsers/address.ts';
import { parseDomain } from '#domain/parsers/domain.ts';

const LONGEST = 254;
/** RFC 5322 dot-atom, at most 64 characters (RFC 5321, 4.5.3.1.1); quoted and internationalised forms are refused. */
const LOCAL_PART = /^(?=.{1,64}$)[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;

/** Reads an e-mail address. The part before @ keeps its case, which only its own server may ignore (RFC 5321, 2.4). */
export function parseEmail(text: string): Parsed {
  const bare = text.replace(/^mailto:/i, '');
  const at = bare.lastIndexOf('@');
  const local = bare.slice(0, at);
  const host = bare.slice(at + 1);
  if (!LOCAL_PART.test(local)) return { objection: 'What stands before @ is not the name of a mailbox.' };
  if (host.startsWith('[') || isIpv4Like(host)) return { objection: 'An e-mail address needs a domain after @.' };
  const domain = parseDomain(host, true);
  if (!isUnderstood(domain)) {
    const { objection, didYouMean } = domain;
    return didYouMean ? { objection, didYouMean: { kind: 'email', value: `${local}@${didYouMean.value}` } } : domain;
  }
  const value = `${local}@${domain.observable.value}`;
  if (value.length > LONGEST) return { objection: `An e-mail address has at most ${LONGEST} characters.` };
  return { observable: { kind: 'email', value }, notes: domain.notes };
}
