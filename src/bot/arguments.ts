import type { Message } from 'grammy/types';
import { parseMarking, type Markings } from '#domain/marking.ts';

/** A command's arguments: what was typed after it, or else the text of the message it answers. */
export function argumentOf(message: Message | undefined, typed: string): string {
  const own = typed.trim();
  const answered = message?.reply_to_message;
  return own === '' ? (answered?.text ?? answered?.caption ?? '').trim() : own;
}

/** Takes the markings out of a text: `tlp:green` and `pap:amber` count wherever they stand; the last of a kind wins. */
export function takeMarkings(text: string, base: Markings): { readonly markings: Markings; readonly rest: string } {
  const words = text.split(/\s+/).filter((word) => word !== '');
  const markings: Markings = Object.assign({ ...base }, ...words.map(parseMarking));
  return { markings, rest: words.filter((word) => parseMarking(word) === null).join(' ') };
}
