import { appendFileSync, renameSync, statSync } from 'node:fs';

/** Keeps a process's output in a file of bounded size, and its last lines at hand. */
export type OutputFile = {
  write(chunk: Buffer): void;
  /** The last lines written through this object, oldest first. */
  lastLines(count: number): string[];
};

/**
 * Appends to `path`; when that reaches `maxBytes` it becomes `<path>.1`, replacing the one before, so at most twice
 * `maxBytes` lie on disk. A full disk costs log lines and nothing else.
 */
export function createOutputFile(path: string, maxBytes = 5_000_000): OutputFile {
  let bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  let tail = '';
  return {
    write(chunk) {
      tail = `${tail}${chunk.toString()}`.slice(-8192);
      try {
        if (bytes + chunk.length > maxBytes) {
          if (bytes > 0) renameSync(path, `${path}.1`);
          bytes = 0;
        }
        const kept = chunk.subarray(0, maxBytes);
        appendFileSync(path, kept);
        bytes += kept.length;
      } catch {
        // The server must not die of its log.
      }
    },
    lastLines(count) {
      return tail.trimEnd().split('\n').slice(-count);
    },
  };
}
