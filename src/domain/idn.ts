import { decodePunycode } from './punycode.ts';

/** Scripts in which look-alikes of Latin names are made, by the name a person knows. Others count as "other". */
const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ['Latin', /\p{Script=Latin}/u],
  ['Cyrillic', /\p{Script=Cyrillic}/u],
  ['Greek', /\p{Script=Greek}/u],
  ['Armenian', /\p{Script=Armenian}/u],
  ['Hebrew', /\p{Script=Hebrew}/u],
  ['Arabic', /\p{Script=Arabic}/u],
  ['Cherokee', /\p{Script=Cherokee}/u],
  ['Chinese or Japanese', /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}]/u],
  ['Korean', /\p{Script=Hangul}/u],
  ['other', /[^\p{Script=Common}\p{Script=Inherited}]/u],
];

/** Latin beside these is everyday writing in East Asia (UTS 39, "highly restrictive"). */
const MIXES_WITH_LATIN = new Set(['Latin', 'Chinese or Japanese', 'Korean']);

/** Letters of other scripts drawn like Latin ones, after Chromium's list for its address bar. */
const LOOKS_LATIN = /^[асԁеһіјӏорԛѕԝхуъьҽпгѵѡкмтнвзґαβεικνορτυχωγηϲϳոսօցհզԱ-Ֆ\p{Script=Cherokee}0-9-]+$/u;

/** Phonetic and small-capital letters, dotless and long forms: Latin to Unicode, somebody else's name to the eye. */
const ODD_LATIN = /[\u0131\u0237\u017F\u0250-\u02AF\u1D00-\u1DBF\uA720-\uA7FF\uAB30-\uAB6F]/u;

/** What letters the labels beyond ASCII are made of, e.g. `Cyrillic and Latin`; for a note. */
export function scriptsOf(host: string): string {
  const labels = host.split('.').filter((label) => !isAscii(label));
  return [...scriptSet(labels.join(''))].sort().join(' and ') || 'other';
}

/** Why a domain in Unicode may be taken for another one, as half a sentence about it; null if nothing speaks for it. */
export function suspicionOf(host: string): string | null {
  return (
    host
      .split('.')
      .map(suspicionOfLabel)
      .find((reason) => reason !== null) ?? null
  );
}

function suspicionOfLabel(label: string): string | null {
  if (isAscii(label)) return null;
  if (!/^[\p{L}\p{M}\p{Nd}\p{Pd}_·ー]+$/u.test(label)) return 'has signs that are no letters';
  const scripts = scriptSet(label);
  if (scripts.size > 1 && ![...scripts].every((script) => MIXES_WITH_LATIN.has(script))) {
    return `mixes ${[...scripts].sort().join(' and ')} letters`;
  }
  if (!scripts.has('Latin') && LOOKS_LATIN.test(label)) {
    return `has ${[...scripts].join(' and ')} letters that look like Latin ones`;
  }
  return ODD_LATIN.test(label) ? 'has rare letters that look like common ones' : null;
}

function isAscii(text: string): boolean {
  return /^\p{ASCII}*$/u.test(text);
}

function scriptSet(text: string): Set<string> {
  return new Set(Array.from(text).flatMap((letter) => scriptOf(letter) ?? []));
}

function scriptOf(letter: string): string | null {
  return SCRIPTS.find(([, pattern]) => pattern.test(letter))?.[0] ?? null;
}

/** Spells a host in Unicode as DNS asks for it (UTS 46 as in WHATWG URL); null if no such name can exist. */
export function toAsciiHost(host: string): string | null {
  return URL.parse(`http://${host}/`)?.hostname ?? null;
}

/** Spells a punycode host in Unicode; null unless it is exactly what that Unicode name encodes to. */
export function toUnicodeHost(host: string): string | null {
  const labels = host.split('.').map((label) => (label.startsWith('xn--') ? decodePunycode(label.slice(4)) : label));
  if (labels.includes(null)) return null;
  const unicode = labels.join('.');
  return toAsciiHost(unicode) === host ? unicode : null;
}
