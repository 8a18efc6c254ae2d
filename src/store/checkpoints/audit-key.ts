import { createPrivateKey, createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';

/** The Ed25519 key that signs checkpoints, under the name of the log that it signs for. */
export type AuditKey = AuditVerifier & {
  /** The signature of a text, 64 bytes. */
  readonly sign: (text: string) => Uint8Array;
};

/** What is needed to check a signature. */
export type AuditVerifier = {
  /** Names this one audit in its checkpoints: derived from the public key, so that no two audits share it. */
  readonly origin: string;
  /** The first four bytes of a signature line, in hex (https://c2sp.org/signed-note, "Signatures"). */
  readonly keyId: string;
  /** The public key as other tools that read signed notes take it: `<name>+<key id>+<type and key in base64>`. */
  readonly publicText: string;
  readonly isSigned: (text: string, signature: Uint8Array) => boolean;
};

/** How long the private key is, in bytes (RFC 8032, 5.1.5). */
const AUDIT_KEY_BYTES = 32;

/** What stands before the bytes of a private key in PKCS #8 (RFC 8410, 7). */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');

/** `0x01`: Ed25519 as the signed note's specification has it. */
const ED25519 = 1;

/** The key of 32 bytes. Throws RangeError for any other number of them. */
export function auditKeyOf(bytes: Uint8Array): AuditKey {
  if (bytes.length !== AUDIT_KEY_BYTES) throw new RangeError('an audit key has 32 bytes');
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, bytes]), format: 'der', type: 'pkcs8' });
  return {
    ...verifierOf(createPublicKey(privateKey)),
    sign: (text) => sign(null, Buffer.from(text), privateKey),
  };
}

function verifierOf(key: KeyObject): AuditVerifier {
  const publicKey = Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url');
  const origin = `socbot-audit/${hash('sha256', publicKey).slice(0, 16)}`;
  const typed = Buffer.concat([Buffer.of(ED25519), publicKey]);
  const keyId = hash('sha256', Buffer.concat([Buffer.from(`${origin}\n`), typed])).slice(0, 8);
  return {
    origin,
    keyId,
    publicText: `${origin}+${keyId}+${typed.toString('base64')}`,
    isSigned: (text, signature) => verify(null, Buffer.from(text), key, signature),
  };
}
