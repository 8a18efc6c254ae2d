import type { StoredMessage } from '../world/messages.ts';
import { type Group, isBotInside } from '../world/people.ts';
import type { World } from '../world/world.ts';
import { type CallInput, integerOf, textOf } from './call-input.ts';
import { badRequest, forbidden } from './refusal.ts';

/** How much a method needs: to look at a chat, or to change something in it. */
export type Access = 'read' | 'write';

/**
 * The chat that a call names, or the refusal that Telegram gives: unknown chats, people who never pressed Start or
 * blocked the bot, groups that the bot is not in, groups that became supergroups. After `check_chat_access` in
 * tdlib/telegram-bot-api, Client.cpp.
 */
export function chatOf(world: World, input: CallInput, access: Access): number {
  const named = textOf(input, 'chat_id');
  if (named === '') throw badRequest('chat_id is empty');
  const id = /^-?\d+$/.test(named) ? Number(named) : Number.NaN;
  const group = world.groups.get(id);
  if (group) {
    refuseClosedGroup(group, access);
    return id;
  }
  const person = world.people.get(id);
  if (!person) throw badRequest('chat not found');
  if (!person.isStarted && !person.isKnown) throw badRequest('chat not found');
  if (access === 'read') return id;
  if (!person.isStarted) throw forbidden("bot can't initiate conversation with a user");
  if (person.hasBlockedBot) throw forbidden('bot was blocked by the user');
  return id;
}

function refuseClosedGroup(group: Group, access: Access): void {
  if (group.migratedTo !== null && access === 'write') {
    throw badRequest('group chat was upgraded to a supergroup chat', { migrate_to_chat_id: group.migratedTo });
  }
  if (isBotInside(group) || (group.type === 'group' && access === 'read')) return;
  const kind = group.type === 'group' ? 'group chat' : 'supergroup chat';
  throw forbidden(group.bot === 'kicked' ? `bot was kicked from the ${kind}` : `bot is not a member of the ${kind}`);
}

/** The message that a call names. `role` is Telegram's name for it, as in "message to edit". */
export function messageOf(world: World, input: CallInput, role: string, access: Access): StoredMessage {
  const chat = chatOf(world, input, access);
  const message = world.messages.find(chat, integerOf(input, 'message_id'));
  if (!message) throw badRequest(`${role} not found`);
  return message;
}
