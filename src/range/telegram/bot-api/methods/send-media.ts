import type { Media } from '../../world/messages.ts';
import type { World } from '../../world/world.ts';
import { type CallInput, jsonOf, textOf } from '../call-input.ts';
import { readCaption, readMedia } from '../media-input.ts';
import { postMessage } from '../post-message.ts';
import { badRequest } from '../refusal.ts';

/** See core.telegram.org/bots/api#senddocument. */
export function sendDocument(world: World, input: CallInput): unknown {
  return sendMedia(world, input, 'document');
}

/** See core.telegram.org/bots/api#sendphoto. The picture is kept as it came; Telegram would re-encode it. */
export function sendPhoto(world: World, input: CallInput): unknown {
  return sendMedia(world, input, 'photo');
}

function sendMedia(world: World, input: CallInput, kind: Media['kind']): unknown {
  const entities = jsonOf(input, 'caption_entities', 'entities');
  const caption = readCaption(textOf(input, 'caption'), input.fields['parse_mode'], entities);
  const media = readMedia(world, input, { kind, reference: textOf(input, kind), field: kind });
  if (!media) throw badRequest(`There is no ${kind} in the request`);
  return postMessage(world, input, { ...caption, media, hasPreview: false });
}
