import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const IV_BYTES = 12;
const TAG_BYTES = 16;
const VERSION = 1;

/**
 * Encrypts a text for the store: AES-256-GCM under a key that is derived (HKDF, RFC 5869) from the first of the keys and
 * serves nothing else. `context` says what the value is and whose: in another place it cannot be opened.
 */
export function sealValue(text: string, keys: readonly Uint8Array[], context: string): string {
  const [key] = keys;
  if (!key) throw new RangeError('a value needs a key to be sealed');
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', derive(key), iv).setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.from([VERSION]), iv, cipher.getAuthTag(), body]).toString('base64');
}

/** Opens what `sealValue` sealed with one of the keys for this context; null for anything else. */
export function openValue(sealed: string, keys: readonly Uint8Array[], context: string): string | null {
  const bytes = Buffer.from(sealed, 'base64');
  if (bytes.length < 1 + IV_BYTES + TAG_BYTES || bytes[0] !== VERSION) return null;
  const iv = bytes.subarray(1, 1 + IV_BYTES);
  const tag = bytes.subarray(1 + IV_BYTES, 1 + IV_BYTES + TAG_BYTES);
  const body = bytes.subarray(1 + IV_BYTES + TAG_BYTES);
  for (const key of keys) {
    try {
      const decipher = createDecipheriv('aes-256-gcm', derive(key), iv).setAAD(Buffer.from(context)).setAuthTag(tag);
      return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
    } catch {
      // Another key may have sealed it.
    }
  }
  return null;
}

function derive(key: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key, new Uint8Array(), 'socbot sealed value', 32));
}
