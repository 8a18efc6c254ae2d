import { closeSync, copyFileSync, fstatSync, ftruncateSync, openSync, readSync } from 'node:fs';

/** A file that a process writes its output to by itself, kept to a bounded size. */
export type OutputFile = {
  /** For the `stdio` of the process. */
  readonly fd: number;
  /** The last lines written since the file was opened, oldest first, each cut to 300 characters. */
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
      readEnd(fd, openedAt)
        .trimEnd()
        .split('\n')
        .slice(-count)
        .map((line) => line.slice(0, 300)),
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

/** At most the last 8 KiB, and nothing that was there before `openedAt` unless the file was started anew since. */
function readEnd(fd: number, openedAt: number): string {
  const { size } = fstatSync(fd);
  const from = Math.max(size < openedAt ? 0 : openedAt, size - 8192);
  const bytes = Buffer.alloc(size - from);
  return bytes.toString('utf8', 0, readSync(fd, bytes, 0, bytes.length, from));
}
