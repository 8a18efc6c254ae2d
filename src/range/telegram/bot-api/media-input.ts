import type { FormattedText } from '../text/entities.ts';
import { readFormattedText } from '../text/formatted-text.ts';
import type { Media } from '../world/messages.ts';
import type { World } from '../world/world.ts';
import type { CallInput } from './call-input.ts';
import { measureImage } from './image-size.ts';
import { badRequest } from './refusal.ts';

/** In UTF-16 units. */
export const MAX_CAPTION_UNITS = 1024;

/** Photos are smaller than other files; see core.telegram.org/bots/api#sendphoto. */
const MAX_PHOTO_BYTES = 10 * 1024 * 1024;

/**
 * The media that `reference` stands for: a new upload (directly, or as `attach://` and a part's name) or the id of a
 * file that Telegram has. Null when there is neither.
 */
export function readMedia(
  world: World,
  input: CallInput,
  wanted: { readonly kind: Media['kind']; readonly reference: string; readonly field: string },
): Media | null {
  const attached = wanted.reference.startsWith('attach://') ? wanted.reference.slice('attach://'.length) : wanted.field;
  const upload = input.files.get(attached);
  if (upload) {
    if (upload.bytes.length === 0) throw badRequest('file must be non-empty');
    const size = wanted.kind === 'photo' ? sizeOfPhoto(upload.bytes) : {};
    return { kind: wanted.kind, fileId: world.files.add(upload).id, ...size };
  }
  if (wanted.reference === '' || wanted.reference.startsWith('attach://')) return null;
  if (/^https?:/i.test(wanted.reference)) throw badRequest('Failed to get HTTP URL content');
  const known = world.files.find(wanted.reference);
  if (!known) throw badRequest('Wrong file identifier/HTTP URL specified');
  const size = wanted.kind === 'photo' ? sizeOfPhoto(world.files.bytesOf(known)) : {};
  return { kind: wanted.kind, fileId: known.id, ...size };
}

/** A caption, which may be empty. */
export function readCaption(caption: string, parseMode: unknown, entities: unknown): FormattedText {
  const formatted = readFormattedText({ text: caption, parseMode, entities }, true);
  if (formatted.text.length > MAX_CAPTION_UNITS) throw badRequest('Message caption is too long');
  return formatted;
}

function sizeOfPhoto(bytes: Buffer): { readonly width: number; readonly height: number } {
  if (bytes.length > MAX_PHOTO_BYTES) throw badRequest('Too big for a photo');
  const size = measureImage(bytes);
  if (size === null) throw badRequest('IMAGE_PROCESS_FAILED');
  const ratio = Math.max(size.width, size.height) / Math.max(1, Math.min(size.width, size.height));
  if (size.width + size.height > 10_000 || ratio > 20) throw badRequest('PHOTO_INVALID_DIMENSIONS');
  return size;
}
