import { distance } from 'fastest-levenshtein';

/**
 * The known name that was probably meant: the nearest one, if no more than a third of it differs, upper and lower case
 * being the same. Null if none is near.
 */
function nearestName(name: string, known: readonly string[]): string | null {
  let nearest: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const differing = differenceOf(name.slice(0, 100).toLowerCase(), candidate.toLowerCase());
    if (differing < least) [nearest, least] = [candidate, differing];
  }
  return nearest !== null && least <= Math.max(2, nearest.length / 3) ? nearest : null;
}

/** Edits between two names; a name that only lacks a part of the other, as `ACME_KEY` of `ACME_API_KEY`, is half as far. */
function differenceOf(a: string, b: string): number {
  const differing = distance(a, b);
  return isWithin(a, b) || isWithin(b, a) ? differing / 2 : differing;
}

/** Whether the letters of one name are in the other, in the same order. */
function isWithin(inner: string, outer: string): boolean {
  let from = 0;
  return inner.split('').every((letter) => {
    from = outer.indexOf(letter, from) + 1;
    return from > 0;
  });
}

/** Words and numbers, as names of settings are made of; keys and tokens mix the two or have long parts. */
const NAME = /^[A-Za-z]{1,20}\d{0,4}(?:[_-][A-Za-z]{0,20}\d{0,4}){0,10}$/;

/** Whether a text looks like the name of a setting and not like a key or token. */
export function isSettingName(text: string): boolean {
  return NAME.test(text);
}

/**
 * A name as a message may show it. What does not look like the name of a setting may be a secret that slipped into its
 * place, and is not repeated.
 */
export function renderName(name: string): string {
  return isSettingName(name) ? name : 'this key';
}

/** Says that a name is not known, and which one was probably meant. */
export function objectionToName(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  return `${renderName(name)} is not a setting${nearest === null ? '' : `; did you mean ${nearest}?`}`;
}
