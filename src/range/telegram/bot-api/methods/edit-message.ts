import { readFormattedText } from '../../text/formatted-text.ts';
import type { World } from '../../world/world.ts';
import { applyEdit, editedMessage } from '../apply-edit.ts';
import { type CallInput, jsonOf, plainText, textOf } from '../call-input.ts';
import { readCaption, readMedia } from '../media-input.ts';
import { wantsPreview } from '../post-message.ts';
import { badRequest } from '../refusal.ts';
import { readReplyMarkup } from '../reply-markup.ts';
import { MAX_TEXT_UNITS } from './send-message.ts';

/** See core.telegram.org/bots/api#editmessagetext. An edit without `reply_markup` takes the buttons away. */
export function editMessageText(world: World, input: CallInput): unknown {
  const text = textOf(input, 'text');
  if (text === '') throw badRequest('Message text is empty');
  const hasPreview = wantsPreview(input);
  const entities = jsonOf(input, 'entities', 'entities');
  const { keyboard } = readReplyMarkup(input);
  const message = editedMessage(world, input);
  if (message.media) throw badRequest('There is no text in the message to edit');
  const content = readFormattedText({ text, parseMode: input.fields['parse_mode'], entities }, false);
  if (content.text.length > MAX_TEXT_UNITS) throw badRequest('MESSAGE_TOO_LONG');
  return applyEdit(world, message, { content, keyboard, hasPreview });
}

/** See core.telegram.org/bots/api#editmessagecaption. */
export function editMessageCaption(world: World, input: CallInput): unknown {
  const { keyboard } = readReplyMarkup(input);
  const message = editedMessage(world, input);
  if (!message.media) throw badRequest('There is no caption in the message to edit');
  const entities = jsonOf(input, 'caption_entities', 'entities');
  const content = readCaption(textOf(input, 'caption'), input.fields['parse_mode'], entities);
  return applyEdit(world, message, { content, keyboard });
}

/** See core.telegram.org/bots/api#editmessagereplymarkup. */
export function editMessageReplyMarkup(world: World, input: CallInput): unknown {
  const { keyboard } = readReplyMarkup(input);
  return applyEdit(world, editedMessage(world, input), { keyboard });
}

/** See core.telegram.org/bots/api#editmessagemedia. A text message may become a photo or document, never the other way. */
export function editMessageMedia(world: World, input: CallInput): unknown {
  const { keyboard } = readReplyMarkup(input);
  const value = jsonOf(input, 'media', 'input media');
  if (value === undefined) throw badRequest('Parameter "media" is required');
  if (typeof value !== 'object' || value === null) throw badRequest("Can't parse InputMedia: expected an Object");
  const fields = value as Readonly<Record<string, unknown>>;
  const kind = fields['type'];
  if (kind !== 'photo' && kind !== 'document') {
    throw badRequest(`Can't parse InputMedia: type "${plainText(kind)}" is unsupported`);
  }
  const content = readCaption(plainText(fields['caption']), fields['parse_mode'], fields['caption_entities']);
  const message = editedMessage(world, input);
  const media = readMedia(world, input, { kind, reference: plainText(fields['media']), field: '' });
  if (!media) throw badRequest("Can't parse InputMedia: media not found");
  return applyEdit(world, message, { content, media, keyboard, hasPreview: false });
}
