import type { Message } from 'grammy/types';
import { closerMarkings, parseMarking, type Markings } from '#domain/marking.ts';

/** The text of the message that a command answers; empty if it answers none. */
export function answeredText(message: Message | undefined): string {
  const answered = message?.reply_to_message;
  return (answered?.text ?? answered?.caption ?? '').trim();
}

/** A command's arguments: what was typed after it; where that is nothing but markings, they are those of the answered text. */
export function argumentOf(message: Message | undefined, typed: string): string {
  const isBare = typed.replace(MENTION, ' ').trim() === '';
  return isBare ? `${typed} ${answeredText(message)}`.trim() : typed.trim();
}

/** What a text says of its markings, the text without them, and the first marking that nobody can read, if any. */
export type Marked = { readonly markings: Markings; readonly rest: string; readonly unread: string | null };

/** Where a marking may begin: never inside a URL or a name. One may follow another behind a slash. */
const START = String.raw`(?:(?<![^\s([{"'*#<,;|])|(?<=\b(?:tlp|pap)[:=：][a-z+]{3,12}/))`;
/** `tlp:red`, `TLP: RED`, `pap=amber`; without a sign in between only a known name counts, as in `TLP RED`. */
const KIND = String.raw`(tlp|pap)(?:\s*[:=：]\s*|[ \t]+(?=(?:clear|white|green|amber|red)\b))`;
const NAME = String.raw`([\p{L}\p{N}+_-]+(?:\s*\+?\s*strict\b)?)`;
const MENTION = new RegExp(String.raw`${START}${KIND}${NAME}[\])}"'*>.,;]*`, 'giu');

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
  const rest = text.replace(MENTION, ' ').split(/\s+/);
  const unread = mentions.find(({ marking }) => marking === null)?.whole ?? null;
  return { markings, rest: rest.filter((word) => word !== '').join(' '), unread };
}
