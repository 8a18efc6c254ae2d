import { isDeepStrictEqual } from 'node:util';
import { autoEntitiesOf } from '../text/auto-entities.ts';
import type { FormattedText } from '../text/entities.ts';
import type { Keyboard } from '../text/keyboard.ts';
import type { Media, StoredMessage } from '../world/messages.ts';
import type { World } from '../world/world.ts';
import { messageOf } from './access.ts';
import { toMessage } from './bot-json.ts';
import type { CallInput } from './call-input.ts';
import { badRequest } from './refusal.ts';

/** What an edit leaves behind; what it does not name stays. */
export type Change = {
  readonly content?: FormattedText;
  readonly media?: Media;
  readonly keyboard: Keyboard | null;
  readonly hasPreview?: boolean;
};

const NOT_MODIFIED =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content ' +
  'and reply markup of the message';

/** The message that an edit names; only the bot's own can be edited. */
export function editedMessage(world: World, input: CallInput): StoredMessage {
  if (input.fields['inline_message_id'] !== undefined) {
    throw badRequest('this simulator has no inline mode');
  }
  const message = messageOf(world, input, 'message to edit', 'write');
  if (message.author.kind !== 'bot' || message.service !== null) throw badRequest("Message can't be edited");
  return message;
}

/** Applies an edit and returns the message as the Bot API shows it; an edit that changes nothing is refused. */
export function applyEdit(world: World, message: StoredMessage, change: Change): unknown {
  const content = change.content ?? message;
  const media = change.media ?? message.media;
  const isContentSame =
    content.text === message.text &&
    isDeepStrictEqual(content.entities, message.entities) &&
    isDeepStrictEqual(media, message.media);
  if (isContentSame && isDeepStrictEqual(change.keyboard, message.keyboard)) throw badRequest(NOT_MODIFIED);
  if (!isContentSame) {
    message.text = content.text;
    message.entities = content.entities;
    message.autoEntities = autoEntitiesOf(content.text, content.entities);
    message.media = media;
    message.isEditShown = true;
  }
  message.hasPreview = change.hasPreview ?? message.hasPreview;
  message.keyboard = change.keyboard;
  message.editDate = world.clock.nowSeconds();
  world.events.emit({ type: 'edit', chat: message.chat, message: message.id });
  return toMessage(world, message);
}
