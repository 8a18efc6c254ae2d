import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { PinnedFile } from '#temporal/pins.ts';

/** The SHA-256 of a file in lower-case hex. Rejects where the file cannot be read. */
export async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** Why a file is not the pinned one, or null when it is, to the byte. */
export async function objectionToFile(path: string, pinned: PinnedFile): Promise<string | null> {
  const { size } = await stat(path);
  if (size !== pinned.bytes) return `it is ${size} bytes long and should be ${pinned.bytes}`;
  const digest = await digestOf(path);
  return digest === pinned.sha256 ? null : `its SHA-256 is ${digest} and should be ${pinned.sha256}`;
}
