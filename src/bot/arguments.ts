import type { Message } from 'grammy/types';
import { DEFAULT_MARKINGS } from '#domain/marking.ts';
import { takeMarkings } from './markings-in-text.ts';

/** The text of the message that a command answers; empty if it answers none. */
export function answeredText(message: Message | undefined): string {
  const answered = message?.reply_to_message;
  return (answered?.text ?? answered?.caption ?? '').trim();
}

/** A command's arguments: what was typed after it; where that is nothing but markings, they are those of the answered text. */
export function argumentOf(message: Message | undefined, typed: string): string {
  const isBare = takeMarkings(typed, DEFAULT_MARKINGS).rest === '';
  return isBare ? `${typed} ${answeredText(message)}`.trim() : typed.trim();
}
