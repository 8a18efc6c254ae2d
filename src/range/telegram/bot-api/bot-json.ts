import { sortEntities } from '../text/entities.ts';
import type { Button, Keyboard } from '../text/keyboard.ts';
import type { Author, Media, Origin, ServiceNote, StoredMessage } from '../world/messages.ts';
import type { World } from '../world/world.ts';

/** JSON as the Bot API writes it. */
export type BotJson = Readonly<Record<string, unknown>>;

/** Whom Telegram names as the sender of messages of anonymous administrators. */
const ANONYMOUS_ADMIN = { id: 1_087_968_824, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' };

/** A `User`; the bot itself for its own id, a nameless one for an id nobody has. */
export function toUser(world: World, id: number): BotJson {
  if (id === world.bot.id) return toBotUser(world);
  const person = world.people.get(id);
  if (!person) return { id, is_bot: false, first_name: '' };
  return {
    id,
    is_bot: false,
    first_name: person.name,
    ...(person.username === null ? {} : { username: person.username }),
    language_code: 'en',
  };
}

/** The bot as a `User`. */
export function toBotUser(world: World): BotJson {
  return { id: world.bot.id, is_bot: true, first_name: world.bot.name, username: world.bot.username };
}

/** A `Chat`. */
export function toChat(world: World, id: number): BotJson {
  const group = world.groups.get(id);
  if (group) return { id, title: group.title, type: group.type };
  const person = world.people.get(id);
  return {
    id,
    first_name: person?.name ?? '',
    ...(person?.username ? { username: person.username } : {}),
    type: 'private',
  };
}

/** A `Message`, with the message it replies to when that still exists. */
export function toMessage(world: World, message: StoredMessage, isNested = false): BotJson {
  const repliedTo = message.replyTo === null || isNested ? null : world.messages.find(message.chat, message.replyTo);
  return {
    message_id: message.id,
    ...senderOf(world, message.author, message.chat),
    chat: toChat(world, message.chat),
    date: message.date,
    ...(message.editDate === null ? {} : { edit_date: message.editDate }),
    ...(message.origin ? { forward_origin: toOrigin(world, message.origin, message.date) } : {}),
    ...(repliedTo ? { reply_to_message: toMessage(world, repliedTo, true) } : {}),
    ...(message.album === null ? {} : { media_group_id: message.album }),
    ...contentOf(world, message),
    ...(message.isProtected ? { has_protected_content: true } : {}),
    ...(message.keyboard ? { reply_markup: toInlineKeyboard(message.keyboard) } : {}),
  };
}

/** An `InlineKeyboardMarkup`. */
function toInlineKeyboard(keyboard: Keyboard): BotJson {
  return { inline_keyboard: keyboard.map((row) => row.map(toButton)) };
}

function senderOf(world: World, author: Author, chat: number): BotJson {
  if (author.kind === 'bot') return { from: toBotUser(world) };
  if (author.kind === 'person') return { from: toUser(world, author.id) };
  return { from: ANONYMOUS_ADMIN, sender_chat: toChat(world, chat) };
}

function toOrigin(world: World, origin: Origin, date: number): BotJson {
  if (origin.kind === 'hidden') return { type: 'hidden_user', sender_user_name: origin.name, date };
  const sender = origin.kind === 'bot' ? toBotUser(world) : toUser(world, origin.id);
  return { type: 'user', sender_user: sender, date };
}

function contentOf(world: World, message: StoredMessage): BotJson {
  if (message.service) return toService(world, message.chat, message.service);
  const entities = sortEntities([...message.entities, ...message.autoEntities]);
  if (!message.media) return { text: message.text, ...(entities.length > 0 ? { entities } : {}) };
  const caption = message.text === '' ? {} : { caption: message.text };
  return {
    ...toMedia(world, message.media),
    ...caption,
    ...(entities.length > 0 ? { caption_entities: entities } : {}),
  };
}

function toMedia(world: World, media: Media): BotJson {
  const file = world.files.find(media.fileId);
  const identity = { file_id: media.fileId, file_unique_id: file?.uniqueId ?? '', file_size: file?.size ?? 0 };
  if (media.kind === 'photo') return { photo: [{ ...identity, width: media.width ?? 0, height: media.height ?? 0 }] };
  return { document: { file_name: file?.name ?? '', mime_type: file?.mimeType ?? '', ...identity } };
}

function toService(world: World, chat: number, note: ServiceNote): BotJson {
  if ('pinned_message' in note) {
    const pinned = world.messages.find(chat, note.pinned_message);
    return pinned ? { pinned_message: toMessage(world, pinned, true) } : {};
  }
  if ('new_chat_members' in note) return { new_chat_members: [toBotUser(world)], new_chat_member: toBotUser(world) };
  if ('left_chat_member' in note) return { left_chat_member: toBotUser(world) };
  return note;
}

function toButton(button: Button): BotJson {
  const shown = { text: button.text, ...(button.style ? { style: button.style } : {}) };
  if (button.kind === 'callback') return { ...shown, callback_data: button.data };
  if (button.kind === 'url') return { ...shown, url: button.url };
  if (button.kind === 'copy') return { ...shown, copy_text: { text: button.copyText } };
  return { ...shown, disabled: {} };
}
