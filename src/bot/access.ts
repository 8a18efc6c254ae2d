import type { Chat, Update, User } from 'grammy/types';
import type { Person } from '#domain/person.ts';

/** Who sent an update, and whether SocBot listens to it. Everybody and everything else is refused, with the reason. */
export type Hearing =
  | { readonly isHeard: true; readonly person: Person; readonly from: User; readonly chat: Chat }
  | {
      readonly isHeard: false;
      readonly why: string;
      /** A person in their own chat who is on no list: the only one who may show an invite. */
      readonly isStranger: boolean;
      readonly from: User | undefined;
      readonly chat: Chat | undefined;
    };

/** The list of people and chats that SocBot listens to. Empty lists mean nobody and nowhere. */
export type AccessList = {
  /** Read anew for every update. */
  people: readonly Person[];
  /** Ids of groups; those that they have become are added. */
  readonly groups: Set<number>;
};

/**
 * Decides for every kind of update, in this one place, whether it is heard: by the numeric id of a person on the list,
 * in a private chat or in a group on the list. Never by name, never by membership of a chat.
 */
export function hear(update: Update, list: AccessList): Hearing {
  const { from, chat, isOnBehalf } = senderOf(update);
  const refuse = (why: string, isStranger = false): Hearing => ({ isHeard: false, why, isStranger, from, chat });
  if (!from || !chat) return refuse('no sender');
  if (from.is_bot || isOnBehalf) return refuse('not a person');
  const person = list.people.find((one) => one.telegramIds.includes(from.id));
  if (!person) return refuse('not on the list of people', chat.type === 'private' && chat.id === from.id);
  if (chat.type !== 'private' && !list.groups.has(chat.id)) return refuse('not in a chat on the list');
  if (chat.type === 'private' && chat.id !== from.id) return refuse('not in their own chat');
  return { isHeard: true, person, from, chat };
}

/**
 * Anonymous admins and channels write on behalf of a chat; their presses carry the real id, their messages do not. What
 * an inline bot or a business bot wrote bears a person's id, and is not what that person typed.
 */
function senderOf(update: Update) {
  const { message, callback_query: query } = update;
  if (message) {
    const stands = message.sender_chat ?? message.via_bot ?? message.sender_business_bot;
    const isOnBehalf = stands !== undefined || message.business_connection_id !== undefined;
    return { from: message.from, chat: message.chat, isOnBehalf };
  }
  if (query) return { from: query.from, chat: query.message?.chat, isOnBehalf: false };
  return { from: update.my_chat_member?.from, chat: update.my_chat_member?.chat, isOnBehalf: false };
}
