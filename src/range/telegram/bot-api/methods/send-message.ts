import { readFormattedText } from '../../text/formatted-text.ts';
import type { World } from '../../world/world.ts';
import { type CallInput, jsonOf, textOf } from '../call-input.ts';
import { postMessage, wantsPreview } from '../post-message.ts';
import { badRequest } from '../refusal.ts';

/** In UTF-16 units, after entities and surrounding space are settled. */
export const MAX_TEXT_UNITS = 4096;

/** See core.telegram.org/bots/api#sendmessage. */
export function sendMessage(world: World, input: CallInput): unknown {
  const text = textOf(input, 'text');
  if (text === '') throw badRequest('Message text is empty');
  const hasPreview = wantsPreview(input);
  const entities = jsonOf(input, 'entities', 'entities');
  const formatted = readFormattedText({ text, parseMode: input.fields['parse_mode'], entities }, false);
  if (formatted.text.length > MAX_TEXT_UNITS) throw badRequest('Message is too long');
  return postMessage(world, input, { ...formatted, media: null, hasPreview });
}
