import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { Secret } from '#domain/secret.ts';

const KEY_BYTES = 32;

/**
 * The text of a key's file (mode 0600); 32 random bytes in base64 are made on first use. It appears whole or not at all:
 * written and synced under another name, then linked, so that of two starts at once one makes it and both read it.
 * Throws what the file system throws.
 */
export function openKeyFile(path: string): Secret {
  const known = readKeyFile(path);
  if (known !== null) return known;
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    writeSynced(draft, `${randomBytes(KEY_BYTES).toString('base64')}\n`);
    linkSync(draft, path);
    syncFolder(folder);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return new Secret(readFileSync(path, 'utf8').trim());
}

/** The text of a key's file; null where there is none. Makes nothing. */
export function readKeyFile(path: string): Secret | null {
  try {
    return new Secret(readFileSync(path, 'utf8').trim());
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

function writeSynced(path: string, text: string): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
