import type { PhoneChat, PhoneMessage } from '#range/telegram/phone.ts';
import { seatOf } from './state.ts';
import type { State } from './state.ts';

const NO_MESSAGES: readonly PhoneMessage[] = [];

/** The messages of a chat, oldest first. */
export function messagesOf(state: State, chat: number): readonly PhoneMessage[] {
  return state.threads[chat] ?? NO_MESSAGES;
}

/** The chats on a person's phone: the one with the bot, then the groups. */
export function chatsOf(state: State, person: number): readonly PhoneChat[] {
  return state.chats
    .filter(({ migratedTo, members }) => migratedTo === null && members.includes(person))
    .map((chat) => (chat.type === 'private' ? { ...chat, title: state.bot.name } : chat));
}

/** Whoever writes: a person or the bot. */
export type Correspondent = { readonly id: number; readonly name: string; readonly username: string | null };

/** The correspondent with this id; a nameless one when there is none. */
export function personOf(state: State, id: number): Correspondent {
  const found = [state.bot, ...state.people].find((person) => person.id === id);
  return found ?? { id, name: `User ${id}`, username: null };
}

/** How many messages of others a person has not seen in a chat. */
export function unreadOf(state: State, person: number, chat: number): number {
  const readUpTo = state.readUpTo[seatOf(person, chat)] ?? 0;
  return messagesOf(state, chat).filter(({ id, from }) => id > readUpTo && from.id !== person).length;
}

/** How many messages wait on a person's phone, over all chats. */
export function unreadByPerson(state: State, person: number): number {
  return chatsOf(state, person).reduce((sum, chat) => sum + unreadOf(state, person, chat.id), 0);
}

/** Milliseconds since 1970 on the simulated Telegram's clock. */
export function telegramNow(state: State): number {
  return Date.now() + state.clockAheadMs;
}

/** What a person is: a role where the range knows one, else the user name. */
export function roleOf(state: State, person: Correspondent): string {
  return state.range?.roles?.[person.id] ?? (person.username ? `@${person.username}` : '');
}
