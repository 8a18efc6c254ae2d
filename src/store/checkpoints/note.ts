import type { AuditKey, AuditVerifier } from './audit-key.ts';
import { type MerkleRange, rootOf } from './merkle-range.ts';

/** What a checkpoint says: the first `size` records of an audit have this root hash (base64). */
export type Checkpoint = { readonly origin: string; readonly size: number; readonly root: string };

/** A note that cannot be believed, and why. */
export type NoteObjection = { readonly objection: string };

/** Many times what a note with the signatures of many witnesses takes, in UTF-16 units. */
const LONGEST_NOTE = 65_536;

const HEAD = /^([^\s+]+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\n$/;
const SIGNATURE = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/;

/**
 * Signs a tree as a checkpoint: a note of https://c2sp.org/tlog-checkpoint with one signature. The tree is a Merkle tree
 * and not the head of the chain, which would prove as much to whoever holds the whole audit: so other tools and witnesses
 * read our notes, and a part of the audit can be proved to somebody who may not see all of it.
 */
export function signCheckpoint(range: MerkleRange, key: AuditKey): string {
  const root = Buffer.from(rootOf(range), 'hex').toString('base64');
  const text = `${key.origin}\n${range.size}\n${root}\n`;
  const signature = Buffer.concat([Buffer.from(key.keyId, 'hex'), key.sign(text)]).toString('base64');
  return `${text}\n\u2014 ${key.origin} ${signature}\n`;
}

/**
 * Reads a checkpoint that this audit's key has signed. Signatures by others are left aside, as the specification of signed
 * notes wants it. Takes a copy from a chat as well: with other line ends, blanks around it, or no line end at its end.
 */
export function openCheckpoint(copy: string, verifier: AuditVerifier): Checkpoint | NoteObjection {
  if (copy.length > LONGEST_NOTE) return { objection: 'it is far too long for a checkpoint' };
  const note = `${copy.replaceAll('\r\n', '\n').trim()}\n`;
  const end = note.lastIndexOf('\n\n') + 1;
  const text = note.slice(0, end);
  const [, origin, size, root] = HEAD.exec(text) ?? [];
  const signatures = signaturesIn(note.slice(end + 1));
  if (origin === undefined || root === undefined || !Number.isSafeInteger(Number(size)) || signatures === null)
    return { objection: 'it is not a checkpoint: three lines, an empty one, and one that begins with \u2014' };
  if (origin !== verifier.origin)
    return { objection: `it is of another audit, or signed with another key: ${origin}, not ${verifier.origin}` };
  const own = signatures.filter(({ name, keyId }) => name === verifier.origin && keyId === verifier.keyId);
  if (own.length === 0) return { objection: 'it is not signed with the key of this audit' };
  if (!own.every(({ bytes }) => verifier.isSigned(text, bytes)))
    return { objection: 'its signature does not fit: it was forged, or changed on its way' };
  return { origin, size: Number(size), root };
}

type SignatureLine = { readonly name: string; readonly keyId: string; readonly bytes: Uint8Array };

/** The lines of signatures; null where one is none. */
function signaturesIn(lines: string): SignatureLine[] | null {
  const read = lines.trimEnd().split('\n').map(toSignature);
  return read.every((one) => one !== null) ? read : null;
}

function toSignature(line: string): SignatureLine | null {
  const [, name, base64] = SIGNATURE.exec(line) ?? [];
  if (name === undefined || base64 === undefined) return null;
  const bytes = Buffer.from(base64, 'base64');
  return { name, keyId: bytes.subarray(0, 4).toString('hex'), bytes: bytes.subarray(4) };
}
