import { defang, defangText } from './defang.ts';
import { hasHiddenCharacter } from './hidden-characters.ts';
import { observableKey, type Observable } from './observable.ts';
import { LONGEST_TOKEN, parseObservable } from './parse-observable.ts';
import { isUnderstood, type Objected, type Understood } from './parsed.ts';
import { toTokens } from './tokens.ts';
import { visibleText } from './visible-text.ts';

/** What pasted text offers. Notes quote outside text: a card puts them where nothing is tappable. */
export type Suggestion = {
  /** Each once, in the order of the text. */
  readonly found: readonly Observable[];
  readonly notes: readonly string[];
  /** True when the text held more than was read or than is offered. */
  readonly truncated: boolean;
};

/** In UTF-16 units. */
const LONGEST_TEXT = 65_536;
const MOST_FOUND = 10_000;
const MOST_NOTES = 10;
const QUOTED_UNITS = 48;

type Finding = { readonly observable?: Observable; readonly note?: string };

/**
 * Finds observables in pasted or forwarded text, for a person to choose from. Every word is read as a whole by the
 * strict parser, so no part of a word is ever offered: what stands next to letters of another script, or could be
 * two things, is reported instead. Work is bounded: 64 Ki units of text, 4 Ki per word.
 */
export function suggestObservables(text: string): Suggestion {
  const isTooLong = text.length > LONGEST_TEXT;
  const found = new Map<string, Observable>();
  const notes = new Set<string>();
  let isFull = false;
  for (const token of toTokens(isTooLong ? cutAtSpace(text) : text)) {
    const { observable, note } = readToken(token);
    if (observable && found.size >= MOST_FOUND) isFull = true;
    else if (observable) found.set(observableKey(observable), observable);
    if (note !== undefined) notes.add(note);
  }
  return { found: [...found.values()], notes: showNotes([...notes]), truncated: isTooLong || isFull };
}

/** The last word may go on behind the cut: half a word would be another observable. */
function cutAtSpace(text: string): string {
  const head = text.slice(0, LONGEST_TEXT + 1);
  return head.slice(0, Math.max(0, head.search(/\s\S*$/)));
}

function readToken(token: string): Finding {
  if (token.length > LONGEST_TOKEN) return { note: `a word of ${token.length} characters was skipped` };
  const parsed = parseObservable(token);
  if (isUnderstood(parsed)) return toFinding(parsed, remarksOnEnd(token, parsed.observable));
  if (parsed.didYouMean?.kind === 'url' && !token.includes('//')) {
    return toFinding({ observable: parsed.didYouMean, notes: [] }, ['no scheme was written, http is assumed']);
  }
  return readWithoutPort(token) ?? readBehindLabel(token) ?? toReport(token, parsed);
}

/** Scripts without spaces run on behind a URL, and a path takes them all in. */
function remarksOnEnd(token: string, { kind, value }: Observable): string[] {
  const hasMore = kind === 'url' && /[^\x21-\x7E]/.test(token) && value.includes('%');
  return hasMore ? ['holds letters beyond ASCII, check where it ends'] : [];
}

function readWithoutPort(token: string): Finding | null {
  const port = /\[?:\]?\d{1,5}$/.exec(token);
  const parsed = port ? parseObservable(token.slice(0, port.index)) : null;
  return parsed && isUnderstood(parsed) ? toFinding(parsed, ['the port was left out']) : null;
}

/** `src:203.0.113.9`: a label has a letter beyond hexadecimal, or else it may be the first group of an IPv6 address. */
function readBehindLabel(token: string): Finding | null {
  const rest = /^(?=[^:]*[g-z_-])[a-z][\w-]{0,20}:([^/:].*)$/is.exec(token)?.[1];
  if (rest === undefined) return null;
  const parsed = parseObservable(rest);
  return isUnderstood(parsed) ? toFinding(parsed, []) : readWithoutPort(rest);
}

function toFinding({ observable, notes }: Understood, more: readonly string[]): Finding {
  const remarks = [...notes.filter((note) => note !== 'was defanged'), ...more];
  if (remarks.length === 0) return { observable };
  return { observable, note: `${quote(defang(observable))}: ${remarks.join('; ')}` };
}

/** Most words are just words; only those that may have been meant are worth a line. */
function toReport(token: string, { objection, didYouMean }: Objected): Finding {
  const isShortNumber = /^[\d.]+$/.test(token) && !/^\d+(?:\.\d+){3}$/.test(token);
  if (isShortNumber) return {};
  const isAttempt = /^\d+(?:\.\d+){3}(?:[/:].*)?$/s.test(token) || /^[0-9a-f]{32,}$/i.test(token);
  if (didYouMean || isAttempt) return { note: `${quote(defangText(token))}: ${objection}` };
  if (hasHiddenCharacter(token) && /[.@]/.test(token)) return { note: `${quote(token)}: ${objection}` };
  const isBesideLetters = /[^\x21-\x7E]/.test(token) && token.split(/[^\x21-\x7E]+/).some(isReadable);
  return isBesideLetters ? { note: `${quote(defangText(token))}: stands next to other letters, send it alone` } : {};
}

function isReadable(text: string): boolean {
  const parsed = parseObservable(text);
  return isUnderstood(parsed) || parsed.didYouMean !== undefined;
}

function quote(text: string): string {
  return visibleText(text, QUOTED_UNITS);
}

function showNotes(notes: readonly string[]): string[] {
  const more = notes.length - MOST_NOTES;
  return more > 0 ? [...notes.slice(0, MOST_NOTES), `and ${more} more`] : [...notes];
}
