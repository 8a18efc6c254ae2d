import { readFileSync, statSync } from 'node:fs';

/** A text and the name by which messages call it. */
export type TextFile = { readonly name: string; readonly text: string };

/** Settings and secrets are short; a larger file is a mistake. */
const LARGEST_BYTES = 1024 * 1024;

/** What came of reading a file: its text, nothing because there is none, or the reason why it cannot be read. */
export type FileReading = { readonly text: string } | { readonly missing: true } | { readonly objection: string };

/** Reads a small text file, without a byte order mark and with `\n` at line ends. Never throws. */
export function readTextFile(path: string): FileReading {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!stats) return { missing: true };
    if (stats.isDirectory()) return { objection: 'is a folder' };
    if (stats.size > LARGEST_BYTES) return { objection: 'is larger than 1 MiB' };
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
    if (text.includes('\0')) return { objection: 'is not a text file' };
    return { text: text.replaceAll('\r\n', '\n') };
  } catch (error) {
    return { objection: error instanceof TypeError ? 'is not UTF-8 text' : `cannot be read (${codeOf(error)})` };
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown reason';
}
