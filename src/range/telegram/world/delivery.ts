import { toChat, toMessage, toUser } from '../bot-api/bot-json.ts';
import type { StoredMessage } from './messages.ts';
import { type BotStanding, isBotInside } from './people.ts';
import { PRESS_LIFE_MS, type StoredPress } from './presses.ts';
import type { World } from './world.ts';

/** How long Telegram keeps an undelivered message. */
const MESSAGE_LIFE_MS = 86_400_000;

/** Puts a message that somebody else wrote into the bot's queue, if the bot may see it. */
export function deliverMessage(world: World, message: StoredMessage): void {
  if (!isVisibleToBot(world, message)) return;
  if (message.author.kind === 'person') markKnown(world, message.author.id);
  const kind = message.editDate === null ? 'message' : 'edited_message';
  const sentAt = message.editDate ?? message.date;
  world.updates.add(kind, toMessage(world, message), sentAt * 1000 + MESSAGE_LIFE_MS);
}

/** Puts a press into the bot's queue. `data` is what the phone sent, which no button needs to carry. */
export function deliverPress(world: World, press: StoredPress, data: string): void {
  const message = world.messages.find(press.chat, press.message);
  if (!message) return;
  markKnown(world, press.from);
  const payload = {
    id: press.id,
    from: toUser(world, press.from),
    message: toMessage(world, message),
    chat_instance: String(BigInt(press.chat) * 7_919n),
    data,
  };
  world.updates.add('callback_query', payload, press.pressedAtMs + PRESS_LIFE_MS);
}

/** Tells the bot that its own standing in a chat changed. `by` is a person's id or the bot's. */
export function deliverStanding(
  world: World,
  change: { readonly chat: number; readonly by: number; readonly from: BotStanding; readonly to: BotStanding },
): void {
  markKnown(world, change.by);
  const date = world.clock.nowSeconds();
  const payload = {
    chat: toChat(world, change.chat),
    from: toUser(world, change.by),
    date,
    old_chat_member: toStanding(world, change.from),
    new_chat_member: toStanding(world, change.to),
  };
  world.updates.add('my_chat_member', payload, date * 1000 + MESSAGE_LIFE_MS);
}

/** A `ChatMember` of the bot. */
export function toStanding(world: World, standing: BotStanding): Readonly<Record<string, unknown>> {
  const member = { user: toUser(world, world.bot.id), status: standing };
  if (standing === 'kicked') return { ...member, until_date: 0 };
  if (standing !== 'administrator') return member;
  const rights = { can_manage_chat: true, can_delete_messages: true, can_pin_messages: true, can_invite_users: true };
  return { ...member, can_be_edited: false, is_anonymous: false, ...rights };
}

/**
 * In private everything; in groups, privacy mode: commands, replies to the bot, mentions of it, and what happens to
 * the group. An administrator sees everything. See core.telegram.org/bots/features#privacy-mode.
 */
function isVisibleToBot(world: World, message: StoredMessage): boolean {
  const group = world.groups.get(message.chat);
  if (!group) return true;
  if (!isBotInside(group) && message.service === null) return false;
  if (group.bot === 'administrator' || message.service) return true;
  if (message.replyTo !== null && world.messages.find(message.chat, message.replyTo)?.author.kind === 'bot')
    return true;
  const own = `@${world.bot.username}`.toLowerCase();
  return message.autoEntities.some(({ type, offset, length }) => {
    const words = message.text.slice(offset, offset + length).toLowerCase();
    if (type === 'mention') return words === own;
    return type === 'bot_command' && (!words.includes('@') || words.endsWith(own));
  });
}

function markKnown(world: World, id: number): void {
  const person = world.people.get(id);
  if (person) person.isKnown = true;
}
