import { readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { dumpOf, type World, type WorldDump } from './world/world.ts';

/** Keeps a world in a JSON file, a little after each change and at the end. */
export type StateFile = {
  /** Writes soon; many changes at once cost one write. */
  noteChange(): void;
  /** Writes the end. */
  close(): Promise<void>;
};

const WRITE_AFTER_MS = 50;

/** A large state is written less often: writing takes at most this share of the time. */
const WRITING_SHARE = 0.1;

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
  let isDirty = false;
  let isClosed = false;
  let lastTookMs = 0;
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    isDirty = false;
    const startedAt = performance.now();
    await writeFile(draft, JSON.stringify(dumpOf(world)), { mode: 0o600 });
    await rename(draft, file);
    lastTookMs = performance.now() - startedAt;
  }

  function schedule(): void {
    timer = setTimeout(
      () => {
        writing = write()
          .catch(() => {
            isDirty = true;
          })
          .finally(() => {
            timer = null;
            if (isDirty && !isClosed) schedule();
          });
      },
      Math.max(WRITE_AFTER_MS, lastTookMs / WRITING_SHARE),
    );
  }

  return {
    noteChange() {
      isDirty = true;
      if (timer === null && !isClosed) schedule();
    },
    async close() {
      isClosed = true;
      if (timer) clearTimeout(timer);
      await writing;
      await write();
    },
  };
}
