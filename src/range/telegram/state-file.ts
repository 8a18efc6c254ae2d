import { readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { dumpOf, type World, type WorldDump } from './world/world.ts';

/** Keeps a world in a JSON file: whatever has been answered is there after a kill. */
export type StateFile = {
  /** Resolves when everything up to now is in the file; many changes at once cost one write. */
  kept(): Promise<void>;
  /** Writes the end. */
  close(): Promise<void>;
};

/** What an earlier run left, or null when there is nothing. A file that cannot be read is an error, not an empty world. */
export function readState(file: string): WorldDump | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as WorldDump;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new Error(`${file} holds no readable simulator state; move it away to start afresh`, { cause: error });
  }
}

/** Starts keeping. The file is replaced whole, so that a kill in between leaves the earlier one. */
export function keepState(world: World, file: string): StateFile {
  const draft = `${file}.new`;
  let writing: Promise<void> | null = null;
  let next: Promise<void> | null = null;

  async function write(): Promise<void> {
    await writeFile(draft, JSON.stringify(dumpOf(world)), { mode: 0o600 });
    await rename(draft, file);
  }

  /** A write that is under way may have missed the latest change: whoever comes meanwhile shares the one after it. */
  function kept(): Promise<void> {
    next ??= writeAfter(writing);
    return next;
  }

  async function writeAfter(earlier: Promise<void> | null): Promise<void> {
    await earlier?.catch(() => undefined);
    writing = next;
    next = null;
    await write();
  }

  return { kept, close: kept };
}
