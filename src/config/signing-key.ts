import { join } from 'node:path';
import type { Secret } from '#domain/secret.ts';
import { openKeyFile } from './key-file.ts';

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
 * The signing key kept in a data directory (`signing.key`, mode 0600); made on first use. Throws what the file system
 * throws, and an Error if the file holds no key.
 */
export function openSigningKey(dataDir: string): Secret {
  const key = openKeyFile(join(dataDir, 'signing.key'));
  if (objectionToKey(key) !== null) throw new Error('signing.key holds no key of 32 random bytes');
  return key;
}
