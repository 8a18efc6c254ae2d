import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A file in the simulated cloud. Sizes are in bytes. */
export type StoredFile = {
  readonly id: string;
  readonly uniqueId: string;
  readonly name: string;
  readonly mimeType: string;
  readonly size: number;
  /** Where the bot fetches it, below `/file/bot<token>/`. Names are not preserved, their last extension is. */
  readonly pathForBot: string;
  /** Until when that works; zero before the first `getFile`. */
  pathExpiresAtMs: number;
};

export type NewFile = { readonly name: string; readonly mimeType: string; readonly bytes: Buffer };

export type FileStore = {
  add(file: NewFile): StoredFile;
  find(id: string): StoredFile | null;
  findByPath(pathForBot: string): StoredFile | null;
  bytesOf(file: StoredFile): Buffer;
  dump(): readonly StoredFile[];
};

/**
 * Files in memory, or in `directory` when there is one, so that they outlive the process. A dump tells what the
 * directory holds.
 */
export function createFileStore(directory: string | null, dump: readonly StoredFile[] = []): FileStore {
  const files = new Map(dump.map((file) => [file.id, file]));
  const byPath = new Map(dump.map((file) => [file.pathForBot, file]));
  const contents = new Map<string, Buffer>();
  if (directory !== null) mkdirSync(directory, { recursive: true });

  return {
    add({ name, mimeType, bytes }) {
      const number = files.size + 1;
      const id = `BQACAgIAAxkBAAI${String(number).padStart(8, '0')}SIMULATED`;
      const file: StoredFile = {
        id,
        uniqueId: `AgAD${number}sim`,
        name,
        mimeType,
        size: bytes.length,
        pathForBot: `documents/file_${number}${/\.[a-zA-Z0-9]{1,8}$/.exec(name)?.[0] ?? ''}`,
        pathExpiresAtMs: 0,
      };
      files.set(id, file);
      byPath.set(file.pathForBot, file);
      if (directory === null) contents.set(id, bytes);
      else writeFileSync(path.join(directory, id), bytes, { mode: 0o600 });
      return file;
    },
    find: (id) => files.get(id) ?? null,
    findByPath: (pathForBot) => byPath.get(pathForBot) ?? null,
    bytesOf: (file) => contents.get(file.id) ?? readFileSync(path.join(directory ?? '', file.id)),
    dump: () => [...files.values()],
  };
}
