import { join } from 'node:path';
import type { Secret } from '#domain/secret.ts';
import { openKeyFile, readKeyFile } from './key-file.ts';
import { keyBytesOf, objectionToKey } from './signing-key.ts';

/** An Ed25519 private key as RFC 8032, 5.1.5, has it. */
const KEY_BYTES = 32;

/** What is wrong with a key that shall sign checkpoints of the audit; null if it is good. Hex or base64. */
export function objectionToAuditKey(key: Secret): string | null {
  const objection = objectionToKey(key);
  if (objection !== null) return objection;
  return keyBytesOf(key).length === KEY_BYTES
    ? null
    : 'is longer than 32 bytes; write what this prints: openssl rand -base64 32';
}

/**
 * The key kept in a data directory (`audit.key`, mode 0600); made on first use, by chance alone: whoever knows the key
 * that signs buttons learns nothing of it. Throws what the file system throws, and an Error if the file holds no key.
 */
export function openAuditKey(dataDir: string): Secret {
  return checked(openKeyFile(fileIn(dataDir)));
}

/** The same; null where there is none yet. Makes nothing. */
export function readAuditKey(dataDir: string): Secret | null {
  const key = readKeyFile(fileIn(dataDir));
  return key === null ? null : checked(key);
}

function fileIn(dataDir: string): string {
  return join(dataDir, 'audit.key');
}

function checked(key: Secret): Secret {
  if (objectionToAuditKey(key) !== null) throw new Error('audit.key holds no key of 32 random bytes');
  return key;
}
