import { createCipheriv, createDecipheriv, hash, randomBytes } from 'node:crypto';
import type { Payload, PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';

/** A key of 32 bytes under the short name that stands beside everything encrypted with it. */
export type PayloadKey = { readonly id: string; readonly bytes: Uint8Array };

/** How long a key is, in bytes. */
const PAYLOAD_KEY_BYTES = 32;

const CIPHER = 'aes-256-gcm';
const ENCODING = 'binary/encrypted';
const KEY_ID = 'encryption-key-id';

/** NIST SP 800-38D, 8.2.2 and 8.3: chosen by chance, good for 2^32 payloads under one key. */
const IV_BYTES = 12;
const TAG_BYTES = 16;

const { Payload: PayloadMessage } = proto.temporal.api.common.v1;

/** A key with its name, which is made of the key and tells nothing of it. Throws RangeError for another length. */
export function payloadKeyOf(bytes: Uint8Array): PayloadKey {
  if (bytes.length !== PAYLOAD_KEY_BYTES) throw new RangeError('a payload key has 32 bytes');
  return { id: hash('sha256', Buffer.concat([Buffer.from('socbot payload key\0'), bytes])).slice(0, 8), bytes };
}

/**
 * Keeps payloads unreadable to whoever holds Temporal's database: arguments, results, memos, summaries and details. The
 * first key encrypts, all decrypt, so that keys can be changed while requests run: first everywhere as the second, then
 * as the first. What was never encrypted stays readable. The namespace is bound in: a payload put into another one is
 * refused. Decoding throws where the key is missing, or the payload was changed.
 */
export function createPayloadCodec(keys: readonly [PayloadKey, ...PayloadKey[]], namespace: string): PayloadCodec {
  const [first] = keys;
  return {
    encode: async (payloads) => payloads.map((payload) => encrypt(payload, first, namespace)),
    decode: async (payloads) =>
      payloads.map((payload) => (isEncrypted(payload) ? decrypt(payload, keys, namespace) : payload)),
  };
}

function encrypt(payload: Payload, { id, bytes }: PayloadKey, namespace: string): Payload {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, bytes, iv).setAAD(boundTo(namespace, id));
  const data = Buffer.concat([
    iv,
    cipher.update(PayloadMessage.encode(payload).finish()),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
  return { metadata: { encoding: Buffer.from(ENCODING), [KEY_ID]: Buffer.from(id) }, data };
}

function decrypt({ metadata, data }: Payload, keys: readonly PayloadKey[], namespace: string): Payload {
  const id = textOf(metadata?.[KEY_ID]);
  const key = keys.find((one) => one.id === id);
  if (!key)
    throw new Error(`A payload is encrypted with the key ${id.slice(0, 16)}, which is not among the keys given`);
  const bytes = Buffer.from(data ?? []);
  if (bytes.length < IV_BYTES + TAG_BYTES) throw new Error(DAMAGED);
  const decipher = createDecipheriv(CIPHER, key.bytes, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(boundTo(namespace, id))
    .setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const plain = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
    return PayloadMessage.decode(plain);
  } catch {
    throw new Error(DAMAGED);
  }
}

const DAMAGED = 'A payload was changed after it was encrypted, or is of another namespace';

function isEncrypted({ metadata }: Payload): boolean {
  return textOf(metadata?.['encoding']) === ENCODING;
}

function textOf(bytes: Uint8Array | null | undefined): string {
  return Buffer.from(bytes ?? []).toString();
}

function boundTo(namespace: string, keyId: string): Uint8Array {
  return Buffer.from(`socbot\0${namespace}\0${keyId}`);
}
