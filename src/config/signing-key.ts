import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Secret } from '#domain/secret.ts';

const LEAST_BYTES = 32;

/** Fewer different bytes than this in 32 is a pattern, not chance. */
const LEAST_DIFFERENT_BYTES = 12;

/** What is wrong with a signing key, and how to make a good one; null if it is good. Hex or base64, at least 32 bytes. */
export function objectionToKey(key: Secret): string | null {
  const bytes = decode(key.reveal());
  const isGood = bytes !== null && bytes.length >= LEAST_BYTES && new Set(bytes).size >= LEAST_DIFFERENT_BYTES;
  return isGood ? null : 'is not a key of 32 random bytes; write what this prints: openssl rand -base64 32';
}

/** The bytes of a signing key that `objectionToKey` has nothing against. */
export function keyBytesOf(key: Secret): Uint8Array {
  return decode(key.reveal()) ?? new Uint8Array();
}

function decode(text: string): Uint8Array | null {
  if (/^(?:[0-9a-f]{2})+$/i.test(text)) return Buffer.from(text, 'hex');
  return /^[A-Za-z0-9+/_-]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : null;
}

/**
 * The signing key kept in a data directory (`signing.key`, mode 0600); made on first use. It appears whole or not at
 * all: written and synced under another name, then linked, so that of two starts at once one makes it and both read it.
 * Throws what the file system throws, and an Error if the file holds no key.
 */
export function openSigningKey(dataDir: string): Secret {
  const path = join(dataDir, 'signing.key');
  try {
    return readKey(path);
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
  }
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    writeSynced(draft, `${randomBytes(LEAST_BYTES).toString('base64')}\n`);
    linkSync(draft, path);
    syncFolder(dataDir);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readKey(path);
}

function readKey(path: string): Secret {
  const key = new Secret(readFileSync(path, 'utf8').trim());
  if (objectionToKey(key) !== null) throw new Error('signing.key holds no key of 32 random bytes');
  return key;
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
