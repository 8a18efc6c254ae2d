import { autoEntitiesOf } from '../text/auto-entities.ts';
import type { FormattedText } from '../text/entities.ts';
import type { Media, StoredMessage } from '../world/messages.ts';
import type { World } from '../world/world.ts';
import { chatOf } from './access.ts';
import { toMessage } from './bot-json.ts';
import { type CallInput, integerOf, isSet, jsonOf, plainText, textOf } from './call-input.ts';
import { badRequest } from './refusal.ts';
import { readReplyMarkup } from './reply-markup.ts';

/** What a send method wants to post. */
export type Content = FormattedText & { readonly media: Media | null; readonly hasPreview: boolean };

/** Posts a message of the bot, as every send method does, and returns it as the Bot API shows it. */
export function postMessage(world: World, input: CallInput, content: Content): unknown {
  const markup = readReplyMarkup(input);
  const reply = readReply(input);
  const chat = chatOf(world, input, 'write');
  const isPrivate = !world.groups.has(chat);
  if (isPrivate && integerOf(input, 'message_thread_id') > 0) throw badRequest('Message thread not found');
  const message = world.messages.add(
    {
      chat,
      author: { kind: 'bot' },
      text: content.text,
      entities: content.entities,
      autoEntities: autoEntitiesOf(content.text, content.entities),
      media: content.media,
      keyboard: markup.keyboard,
      asksReply: markup.asksReply,
      replyTo: repliedIn(world, chat, reply),
      isSilent: isSet(input, 'disable_notification'),
      isProtected: isSet(input, 'protect_content'),
      hasPreview: content.hasPreview,
    },
    world.clock.nowSeconds(),
  );
  world.events.emit({ type: 'message', chat, message: message.id });
  return toMessage(world, message);
}

/** Whether a text message shows a preview of its first link; they do unless switched off. */
export function wantsPreview(input: CallInput): boolean {
  const options = jsonOf(input, 'link_preview_options', 'link preview options');
  if (options === undefined) return !isSet(input, 'disable_web_page_preview');
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw badRequest('Object expected as link preview options');
  }
  return !('is_disabled' in options && options.is_disabled === true);
}

type Reply = { readonly message: number; readonly isOptional: boolean };

function readReply(input: CallInput): Reply | null {
  const value = jsonOf(input, 'reply_parameters', 'reply parameters');
  if (value === undefined) {
    const legacy = integerOf(input, 'reply_to_message_id');
    return legacy > 0 ? { message: legacy, isOptional: isSet(input, 'allow_sending_without_reply') } : null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badRequest('Object expected as reply parameters');
  }
  const fields = value as Readonly<Record<string, unknown>>;
  if (Object.keys(fields).length === 0) return null;
  const id = Number(fields['message_id']);
  if (!Number.isInteger(id)) throw badRequest('Can\'t find field "message_id"');
  if (fields['chat_id'] !== undefined && plainText(fields['chat_id']) !== textOf(input, 'chat_id')) {
    throw badRequest('this simulator knows replies within one chat only');
  }
  return { message: id, isOptional: fields['allow_sending_without_reply'] === true };
}

function repliedIn(world: World, chat: number, reply: Reply | null): StoredMessage['replyTo'] {
  if (reply === null || reply.message <= 0) return null;
  if (world.messages.find(chat, reply.message)) return reply.message;
  if (reply.isOptional) return null;
  throw badRequest('message to be replied not found');
}
