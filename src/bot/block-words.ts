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
const LIKE_A_DURATION = /^[-+]?\d[\d.,]*[a-z]+$/;

/**
 * Reads `24h C2 traffic`, `24 h C2 traffic`, `90 min` and `C2 traffic, 3 hosts`. What looks like a length of time and
 * cannot be read never becomes part of the reason: the block would last another time than was meant.
 */
export function parseBlockWords(words: readonly string[]): BlockWords {
  const [first = '', second = ''] = words.map((word) => word.toLowerCase());
  const isInTwo = /^\d+$/.test(first) && UNIT_WORD.test(second);
  const written = isInTwo ? first + second : first;
  const durationMs = parseDuration(written.replace(ONE_WORD, '$1$2'));
  if (durationMs === null && LIKE_A_DURATION.test(written)) return { unread: written };
  const another = words.find(isAddress);
  if (another !== undefined) return { another };
  const reason = words
    .slice(durationMs === null ? 0 : isInTwo ? 2 : 1)
    .join(' ')
    .slice(0, LONGEST_REASON);
  return { durationMs, reason: reason === '' ? null : reason };
}

function isAddress(word: string): boolean {
  const parsed = parseObservable(word);
  return isUnderstood(parsed) && ['ipv4', 'ipv6', 'cidr'].includes(parsed.observable.kind);
}
