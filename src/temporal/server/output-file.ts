import { closeSync, copyFileSync, fstatSync, ftruncateSync, openSync, readSync } from 'node:fs';

/** A file that a process writes its output to by itself, kept to a bounded size. */
export type OutputFile = {
  /** For the `stdio` of the process. */
  readonly fd: number;
  /**
   * The last lines written since the file was opened, oldest first, each cut to 600 characters. Where a program died with
   * the stack of all its threads, they are the ones before: they say why.
   */
  lastLines(count: number): string[];
  /** Where the file has outgrown its size, makes it `<path>.1` and starts it anew; called every so often. */
  trim(): void;
  close(): void;
};

/**
 * Opens `path` for appending. The process gets the file itself and not a pipe through us: it must live on when we stand
 * still, and not die of a broken pipe when we are killed. A full disk costs log lines and nothing else.
 */
export function openOutputFile(path: string, maxBytes = 5_000_000): OutputFile {
  const fd = openSync(path, 'a+');
  const file: OutputFile = {
    fd,
    lastLines: (count) =>
      withoutStacks(readEnd(fd, openedAt).trimEnd().split('\n'))
        .slice(-count)
        .map((line) => line.slice(0, 600)),
    trim() {
      if (fstatSync(fd).size <= maxBytes) return;
      try {
        copyFileSync(path, `${path}.1`);
      } finally {
        // Appending goes on at the new end, wherever the process thought it was.
        ftruncateSync(fd);
      }
    },
    close: () => closeSync(fd),
  };
  file.trim();
  const openedAt = fstatSync(fd).size;
  return file;
}

/** A Go program that panics writes a stack for each goroutine, often hundreds of lines. */
function withoutStacks(lines: readonly string[]): readonly string[] {
  const at = lines.findIndex((line) => /^(?:panic: |fatal error: |goroutine \d+ \[)/.test(line));
  return at > 0 ? lines.slice(0, at + 1) : lines;
}

/** At most the last 64 KiB, and nothing that was there before `openedAt` unless the file was started anew since. */
function readEnd(fd: number, openedAt: number): string {
  const { size } = fstatSync(fd);
  const from = Math.max(size < openedAt ? 0 : openedAt, size - 65_536);
  const bytes = Buffer.alloc(size - from);
  return bytes.toString('utf8', 0, readSync(fd, bytes, 0, bytes.length, from));
}
