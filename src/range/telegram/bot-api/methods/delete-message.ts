import type { StoredMessage } from '../../world/messages.ts';
import type { World } from '../../world/world.ts';
import { messageOf } from '../access.ts';
import { type CallInput, integerOf, textOf } from '../call-input.ts';
import { badRequest } from '../refusal.ts';

const DELETABLE_FOR_SECONDS = 48 * 3600;

/** See core.telegram.org/bots/api#deletemessage. */
export function deleteMessage(world: World, input: CallInput): true {
  if (textOf(input, 'chat_id') === '') throw badRequest('Chat identifier is not specified');
  if (integerOf(input, 'message_id') === 0) throw badRequest('Message identifier is not specified');
  const message = messageOf(world, input, 'message to delete', 'write');
  if (!isDeletable(world, message)) throw badRequest("message can't be deleted");
  message.isDeleted = true;
  world.events.emit({ type: 'delete', chat: message.chat, message: message.id });
  return true;
}

/** Its own messages, any in a private chat, and any in a group that it administers; none older than 48 hours. */
function isDeletable(world: World, message: StoredMessage): boolean {
  if (world.clock.nowSeconds() - message.date > DELETABLE_FOR_SECONDS) return false;
  const group = world.groups.get(message.chat);
  return message.author.kind === 'bot' || !group || group.bot === 'administrator';
}
