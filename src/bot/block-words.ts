import { parseDuration } from '#domain/duration.ts';
import { parseObservable } from '#domain/parse-observable.ts';
import { isUnderstood } from '#domain/parsed.ts';

/**
 * What follows the address of a `/block`: how long, and why. `unread` looks like a length of time and is none;
 * `another` is a second target, which a reason would hide.
 */
export type BlockWords =
  | { readonly durationMs: number | null; readonly reason: string | null }
  | { readonly unread: string }
  | { readonly another: string };

/** In UTF-16 units. */
const LONGEST_REASON = 300;
const UNIT = '(d|h|m|s)(?:ays?|rs?|ours?|ins?|inutes?|ecs?|econds?)?';
const ONE_WORD = new RegExp(`^(\\d+)${UNIT}$`);
const UNIT_WORD = new RegExp(`^${UNIT}$`);
const LIKE_A_DURATION = /^[-+~]?\d[\d.,]*[a-z]+$|^(?:forever|permanent(?:ly)?|indefinite(?:ly)?|always)$/;
const NUMBER = /^[-+~]?\d[\d.,]*$/;
/** What may follow a number that is no length of time SocBot reads; nothing may be one too: the unit was forgotten. */
const UNREAD_UNIT = /^(?:|w|wks?|weeks?|mo|months?|y|yrs?|years?)$/;

/**
 * Reads `24h C2 traffic`, `24 h C2 traffic`, `for 90 min` and `C2 traffic, 3 hosts`. What looks like a length of time and
 * cannot be read never becomes part of the reason: the block would last another time than was meant.
 */
export function parseBlockWords(words: readonly string[]): BlockWords {
  // `for 2h` and `2h` are one wish.
  if (/^for \p{Nd}/iu.test(words.slice(0, 2).join(' '))) return parseBlockWords(words.slice(1));
  const another = words.find(isAddress);
  if (another !== undefined) return { another };
  const [first = '', second = ''] = words.map((word) => word.normalize('NFKC').toLowerCase());
  const isInTwo = /^\d+$/.test(first) && UNIT_WORD.test(second);
  const written = isInTwo ? first + second : first;
  const durationMs = parseDuration(written.replace(ONE_WORD, '$1$2'));
  if (durationMs === null && LIKE_A_DURATION.test(written)) return { unread: written };
  if (durationMs === null && NUMBER.test(first) && UNREAD_UNIT.test(second))
    return { unread: `${first} ${second}`.trim() };
  const reason = words
    .slice(durationMs === null ? 0 : isInTwo ? 2 : 1)
    .join(' ')
    .slice(0, LONGEST_REASON);
  return { durationMs, reason: reason === '' ? null : reason };
}

/** What follows the address of an `/unblock`: why. */
export function parseUnblockWords(words: readonly string[]): Exclude<BlockWords, { readonly unread: string }> {
  const another = words.find(isAddress);
  if (another !== undefined) return { another };
  return { durationMs: null, reason: words.join(' ').slice(0, LONGEST_REASON) || null };
}

/** Whether the words say how long before they say anything else. */
export function beginsWithDuration(words: readonly string[]): boolean {
  const read = parseBlockWords(words);
  return 'durationMs' in read && read.durationMs !== null;
}

function isAddress(word: string): boolean {
  const parsed = parseObservable(word);
  return isUnderstood(parsed) && ['ipv4', 'ipv6', 'cidr'].includes(parsed.observable.kind);
}
