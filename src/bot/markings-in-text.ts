import { withoutHidden } from '#domain/hidden-characters.ts';
import { closerMarkings, parseMarking, type Markings } from '#domain/marking.ts';

/** What a text says of its markings, the text without them, and the first marking that nobody can read, if any. */
export type Marked = { readonly markings: Markings; readonly rest: string; readonly unread: string | null };

/** Where a marking may begin: never inside a URL or a name. One may follow another behind a slash. */
const START = String.raw`(?:(?<![^\s([{"'*#<,;|])|(?<=\b(?:tlp|pap)[:=：][a-z+]{3,12}/))`;
/** `tlp:red`, `TLP: RED`, `pap=amber`; without a sign in between only a known name counts, as in `TLP RED`. */
const KIND = String.raw`(tlp|pap)(?:\s*[:=：]\s*|[ \t]+(?=(?:clear|white|green|amber|red)\b))`;
const NAME = String.raw`([\p{L}\p{N}+_-]+(?:\s*\+?\s*strict\b)?)`;
const MENTION = new RegExp(String.raw`${START}${KIND}${NAME}[\])}"'*>.,;]*`, 'giu');

/** What looks like a marking and is none: `TLP-RED`, `TLP:<RED>`, `marked:TLP:RED`; never in a URL or a name. */
const ODD_START = String.raw`(?<![\p{L}\p{N}.@/?&=-])(?:tlp|pap)[^\p{L}\p{N}\n.]{1,6}`;
const ODD = new RegExp(String.raw`${ODD_START}(?:clear|white|green|amber|red)(?![\p{L}\p{N}-]|\.[\p{L}\p{N}])`, 'iu');
/** Letters of other scripts that look like those of the two names. */
const LOOK_ALIKES: readonly (readonly [RegExp, string])[] = [
  [/[тτ]/giu, 't'],
  [/[ӏі]/giu, 'l'],
  [/[рρ]/giu, 'p'],
  [/[аα]/giu, 'a'],
];
const URL_LIKE = /\S*(?::|\[:\])\/\/\S*/g;

/**
 * Takes the markings out of a text, wherever and however they are written. Of two of a kind the closer one counts, so
 * that pasted words never open what a person closed. A marking that cannot be read must stop the request: what was
 * meant may be RED.
 */
export function takeMarkings(text: string, base: Markings): Marked {
  const mentions = Array.from(text.matchAll(MENTION), ([whole, kind = '', name = '']) => ({
    whole,
    marking: parseMarking(`${kind}:${name.replace(/^amber[\s+_-]*strict$/i, 'amber+strict')}`),
  }));
  const known = mentions.flatMap(({ marking }) => marking ?? []);
  const markings = { ...base, ...closerMarkings(known) };
  const rest = text.replace(MENTION, ' ');
  const unread = mentions.find(({ marking }) => marking === null)?.whole ?? oddMarkingIn(rest);
  return {
    markings,
    rest: rest
      .split(/\s+/)
      .filter((word) => word !== '')
      .join(' '),
    unread,
  };
}

/** A marking that the eye reads in what is left of a text: with hidden, wide or foreign characters, or oddly put. */
function oddMarkingIn(rest: string): string | null {
  const seen = withoutHidden(rest.normalize('NFKC')).replace(URL_LIKE, ' ');
  const read = LOOK_ALIKES.reduce((text, [letters, letter]) => text.replace(letters, letter), seen);
  return (read.match(MENTION) ?? ODD.exec(read))?.[0] ?? null;
}
