import type { Overview, OutgoingMessage, OutgoingPress, PhoneMessage, Press } from '#range/telegram/phone.ts';
import { ask, askWithJson } from './ask.ts';
import type { Command } from './state.ts';

/** How long a phone waits for the bot's answer to a press before it stops turning the wheel. */
const PRESS_WAIT_MS = 15_000;

/** The people, the chats and the clock of the simulated Telegram. */
export function readOverview(): Promise<Overview> {
  return ask('/user');
}

/** A chat's messages as one person's phone shows them, oldest first. */
export async function readMessages(chat: number, viewer: number): Promise<readonly PhoneMessage[]> {
  const answer = await ask<{ messages: readonly PhoneMessage[] }>(`/user/chats/${chat}/messages?as=${viewer}`);
  return answer.messages;
}

/** The bot's command menu for one person in one chat. */
export async function readCommands(chat: number, viewer: number): Promise<readonly Command[]> {
  const answer = await ask<{ commands: readonly Command[] }>(`/user/chats/${chat}/commands?as=${viewer}`);
  return answer.commands;
}

/** Sends or edits a text. */
export function sendText(message: OutgoingMessage): Promise<unknown> {
  return askWithJson('POST', '/user/messages', message);
}

/** A file on its way to a chat. */
export type Upload = {
  readonly from: number;
  readonly chat: number;
  readonly file: File;
  readonly caption: string;
  readonly replyTo?: number | undefined;
};

/** Sends a file. */
export function uploadFile({ from, chat, file, caption, replyTo }: Upload): Promise<unknown> {
  const query = new URLSearchParams({ from: String(from), chat: String(chat), name: file.name });
  if (caption !== '') query.set('caption', caption);
  if (replyTo !== undefined) query.set('replyTo', String(replyTo));
  return ask(`/user/files?${query.toString()}`, { method: 'POST', body: file });
}

/** Presses a button and waits for the bot's answer. */
export async function pressButton(press: OutgoingPress): Promise<Press> {
  const answer = await askWithJson<{ press: Press }>('POST', `/user/presses?waitMs=${PRESS_WAIT_MS}`, press);
  return answer.press;
}

/** Where the bytes of a file are. */
export function fileAddressOf(fileId: string): string {
  return `/user/files/${encodeURIComponent(fileId)}`;
}
