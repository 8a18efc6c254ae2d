import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Secret } from '#domain/secret.ts';
import { malformed } from './fault.ts';
import { CLASS, type DnsRecord, encodeRecord, TYPE } from './message.ts';
import { encodeName, readName } from './name.ts';

/** Ways to sign (RFC 8945, 6) that are not on their way out, and what Node calls them. */
const HASHES = { 'hmac-sha256': 'sha256', 'hmac-sha384': 'sha384', 'hmac-sha512': 'sha512' } as const;
export type TsigAlgorithm = keyof typeof HASHES;
export const TSIG_ALGORITHMS = ['hmac-sha256', 'hmac-sha384', 'hmac-sha512'] as const satisfies TsigAlgorithm[];

/** A key that both sides know; the secret in base64. */
export type TsigKey = { readonly name: string; readonly algorithm: TsigAlgorithm; readonly secret: Secret };

/** Errors that a signature tells (RFC 8945, 3). */
export const TSIG_ERROR = { NONE: 0, BADSIG: 16, BADKEY: 17, BADTIME: 18, BADTRUNC: 22 } as const;

/** What stands in a TSIG record (RFC 8945, 4.2), but for the signature itself. Times in seconds since 1970. */
export type TsigTerms = {
  readonly keyName: string;
  readonly algorithm: string;
  readonly timeS: number;
  readonly fudgeS: number;
  readonly originalId: number;
  readonly error: number;
  readonly other: Buffer;
};
export type Tsig = TsigTerms & { readonly mac: Buffer };

/** What a signature rests on besides its own message: the one before it, and whether it follows in the same answer. */
export type Chain = { readonly prior?: Buffer; readonly isFollowing?: boolean };

/** How far two clocks may differ, in seconds: what RFC 8945, 10 recommends and BIND grants. */
export const FUDGE_S = 300;

/**
 * The signature of unsigned messages (RFC 8945, 4.3): over the signature before, the messages, and the terms, of which
 * those that follow in an answer carry the time alone (5.3.1).
 */
export function macOf(key: TsigKey, messages: Buffer, terms: TsigTerms, { prior, isFollowing }: Chain): Buffer {
  const hmac = createHmac(HASHES[key.algorithm], Buffer.from(key.secret.reveal(), 'base64'));
  if (prior) hmac.update(uint16(prior.byteLength)).update(prior);
  hmac.update(messages);
  const time = Buffer.concat([uint48(terms.timeS), uint16(terms.fudgeS)]);
  if (isFollowing === true) return hmac.update(time).digest();
  hmac.update(encodeName(terms.keyName)).update(uint16(CLASS.ANY)).update(Buffer.alloc(4));
  hmac.update(encodeName(terms.algorithm)).update(time);
  return hmac.update(uint16(terms.error)).update(uint16(terms.other.byteLength)).update(terms.other).digest();
}

/** Whether a signature is the whole and right one. A shortened one (RFC 8945, 5.2.2.1) is not. */
export function isSameMac(mac: Buffer, expected: Buffer): boolean {
  return mac.byteLength === expected.byteLength && timingSafeEqual(mac, expected);
}

/** The terms under which a message with this id is signed now. */
export function termsOf({ name, algorithm }: TsigKey, id: number, timeS: number): TsigTerms {
  const none = Buffer.alloc(0);
  return { keyName: name, algorithm, timeS, fudgeS: FUDGE_S, originalId: id, error: TSIG_ERROR.NONE, other: none };
}

/** Puts a signature behind an unsigned message. */
export function attachTsig(message: Buffer, { mac, ...terms }: Tsig): Buffer {
  const { algorithm, timeS, fudgeS, originalId, error, other } = terms;
  const data = Buffer.concat([
    encodeName(algorithm),
    uint48(timeS),
    uint16(fudgeS),
    uint16(mac.byteLength),
    mac,
    uint16(originalId),
    uint16(error),
    uint16(other.byteLength),
    other,
  ]);
  const record = encodeRecord({ name: terms.keyName, type: TYPE.TSIG, class: CLASS.ANY, ttl: 0, data });
  return Buffer.concat([withCount(message, 1), record]);
}

/** The message that was signed: without its signature, under the id that it had then. */
export function detachTsig(bytes: Buffer, at: number, originalId: number): Buffer {
  const bare = withCount(bytes.subarray(0, at), -1);
  bare.writeUInt16BE(originalId, 0);
  return bare;
}

/** Reads a TSIG record. */
export function decodeTsig({ name: keyName, class: of, ttl, data }: DnsRecord): Tsig {
  const { name: algorithm, end } = readName(data, 0);
  const macLength = at16(data, end + 8);
  const tail = end + 10 + macLength;
  const otherLength = at16(data, tail + 4);
  if (of !== CLASS.ANY || ttl !== 0 || tail + 6 + otherLength !== data.byteLength) throw malformed('not a signature');
  return {
    keyName,
    algorithm,
    timeS: data.readUIntBE(end, 6),
    fudgeS: at16(data, end + 6),
    mac: data.subarray(end + 10, tail),
    originalId: at16(data, tail),
    error: at16(data, tail + 2),
    other: data.subarray(tail + 6),
  };
}

function at16(data: Buffer, at: number): number {
  if (at + 2 > data.byteLength) throw malformed('the signature breaks off');
  return data.readUInt16BE(at);
}

function withCount(message: Buffer, step: number): Buffer {
  const copy = Buffer.from(message);
  copy.writeUInt16BE(copy.readUInt16BE(10) + step, 10);
  return copy;
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

/** A time on the wire, in seconds since 1970. */
export function uint48(value: number): Buffer {
  const bytes = Buffer.alloc(6);
  bytes.writeUIntBE(value, 0, 6);
  return bytes;
}
