import { deliverStanding, toStanding } from '../../world/delivery.ts';
import { isBotInside } from '../../world/people.ts';
import type { World } from '../../world/world.ts';
import { chatOf, messageOf } from '../access.ts';
import { toChat, toUser } from '../bot-json.ts';
import { type CallInput, integerOf, textOf } from '../call-input.ts';
import { badRequest } from '../refusal.ts';

const ACTIONS = new Set(
  (
    'typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker ' +
    'find_location record_video_note upload_video_note'
  ).split(' '),
);

/** See core.telegram.org/bots/api#getchat. */
export function getChat(world: World, input: CallInput): unknown {
  const id = chatOf(world, input, 'read');
  const group = world.groups.get(id);
  const limits = { accent_color_id: 0, max_reaction_count: 11, accepted_gift_types: {} };
  if (!group) return { ...toChat(world, id), ...limits };
  return { ...toChat(world, id), ...limits, permissions: { can_send_messages: true, can_invite_users: true } };
}

/** See core.telegram.org/bots/api#getchatmember. */
export function getChatMember(world: World, input: CallInput): unknown {
  const id = integerOf(input, 'user_id');
  if (id <= 0) throw badRequest('Invalid user_id specified');
  const chat = chatOf(world, input, 'read');
  const group = world.groups.get(chat);
  if (id === world.bot.id) return toStanding(world, group?.bot ?? 'member');
  if (!world.people.has(id)) throw badRequest('user not found');
  const user = toUser(world, id);
  if (!group) return { user, status: id === chat ? 'member' : 'left' };
  if (!group.members.includes(id)) return { user, status: 'left' };
  if (!group.admins.includes(id)) return { user, status: 'member' };
  return { user, status: 'administrator', can_be_edited: false, is_anonymous: false, can_manage_chat: true };
}

/** See core.telegram.org/bots/api#leavechat. */
export function leaveChat(world: World, input: CallInput): true {
  const chat = chatOf(world, input, 'read');
  const group = world.groups.get(chat);
  if (!group) throw badRequest("chat member status can't be changed in private chats");
  if (!isBotInside(group)) throw badRequest('chat not found');
  const from = group.bot;
  group.bot = 'left';
  deliverStanding(world, { chat, by: world.bot.id, from, to: 'left' });
  world.events.emit({ type: 'chat', chat });
  return true;
}

/** See core.telegram.org/bots/api#pinchatmessage. In groups only administrators may pin. */
export function pinChatMessage(world: World, input: CallInput): true {
  const message = messageOf(world, input, 'message to pin', 'write');
  const group = world.groups.get(message.chat);
  if (group && group.bot !== 'administrator') {
    throw badRequest('not enough rights to manage pinned messages in the chat');
  }
  message.isPinned = true;
  const note = world.messages.add(
    { chat: message.chat, author: { kind: 'bot' }, text: '', service: { pinned_message: message.id } },
    world.clock.nowSeconds(),
  );
  world.events.emit({ type: 'message', chat: message.chat, message: note.id });
  return true;
}

/** See core.telegram.org/bots/api#sendchataction. */
export function sendChatAction(world: World, input: CallInput): true {
  const action = textOf(input, 'action');
  if (!ACTIONS.has(action)) throw badRequest('Wrong parameter action in request');
  const chat = chatOf(world, input, 'write');
  world.events.emit({ type: 'action', chat, action });
  return true;
}
