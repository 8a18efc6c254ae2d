import { distance } from 'fastest-levenshtein';

/**
 * The known name that was probably meant: the nearest one, if no more than a third of it differs, upper and lower case
 * being the same. Null if none is near.
 */
export function nearestName(name: string, known: readonly string[]): string | null {
  let nearest: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const differing = distance(name.slice(0, 100).toLowerCase(), candidate.toLowerCase());
    if (differing < least) [nearest, least] = [candidate, differing];
  }
  return nearest !== null && least <= Math.max(2, nearest.length / 3) ? nearest : null;
}

/** Words and numbers, as names of settings are made of; keys and tokens mix the two or have long parts. */
const NAME = /^[A-Za-z]{1,20}\d{0,4}(?:[_-][A-Za-z]{0,20}\d{0,4}){0,10}$/;

/**
 * A name as a message may show it. What does not look like the name of a setting may be a secret that slipped into its
 * place, and is not repeated.
 */
export function renderName(name: string): string {
  return NAME.test(name) ? name : 'this key';
}

/** Says that a name is not known, and which one was probably meant. */
export function objectionToName(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  return `${renderName(name)} is not a setting${nearest === null ? '' : `; did you mean ${nearest}?`}`;
}
