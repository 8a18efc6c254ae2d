import type { World } from '../../world/world.ts';
import { type CallInput, textOf } from '../call-input.ts';
import { badRequest } from '../refusal.ts';

/** The largest file a bot may download; `MAX_DOWNLOAD_FILE_SIZE` in tdlib/telegram-bot-api. */
const MAX_DOWNLOAD_BYTES = 20 << 20;

/** The link is promised for at least an hour, and gone after that here. */
const LINK_LIFE_MS = 3_600_000;

/** See core.telegram.org/bots/api#getfile. */
export function getFile(world: World, input: CallInput): unknown {
  const id = textOf(input, 'file_id');
  if (id === '') throw badRequest('file_id not specified');
  const file = world.files.find(id);
  if (!file) throw badRequest('invalid file_id');
  if (file.size > MAX_DOWNLOAD_BYTES) throw badRequest('file is too big');
  file.pathExpiresAtMs = world.clock.nowMs() + LINK_LIFE_MS;
  return { file_id: file.id, file_unique_id: file.uniqueId, file_size: file.size, file_path: file.pathForBot };
}
