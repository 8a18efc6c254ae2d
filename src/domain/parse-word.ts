import { parseObservable } from './parse-observable.ts';
import { isUnderstood, type Parsed } from './parsed.ts';
import { toTokens } from './tokens.ts';

/** What prose leaves behind a URL. Other signs at the end, `=` above all, may well belong to it. */
const PROSE = /^[)\]}>'".,;:!?]+$/;

/**
 * Reads a word that stands alone in a message: strictly, but the brackets and stops of the sentence it was cut from are
 * no part of a URL. Asked about with them, a known URL would be unknown.
 */
export function parseWord(text: string): Parsed {
  const parsed = parseObservable(text);
  if (!isUnderstood(parsed) || parsed.observable.kind !== 'url') return parsed;
  const [word = text, ...others] = toTokens(text);
  const tail = text.slice(text.indexOf(word) + word.length);
  if (others.length > 0 || !PROSE.test(tail)) return parsed;
  const alone = parseObservable(word);
  if (!isUnderstood(alone)) return parsed;
  return { ...alone, notes: [...alone.notes, 'the punctuation around it was left out'] };
}
