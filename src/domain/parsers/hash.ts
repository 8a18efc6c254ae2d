import type { ObservableKind } from '#domain/observable.ts';
import type { Parsed } from '#domain/parsed.ts';

const SHAPE = /^(?:(md5|sha-?1|sha-?256)[:=])?([0-9a-f]+)$/i;
const KINDS: Record<number, ObservableKind> = { 32: 'md5', 40: 'sha1', 64: 'sha256' };
/** Shorter runs of hexadecimal digits are words and numbers. */
const SHORTEST_ATTEMPT = 16;

/** Whether a token can only be meant as a hash, with a label such as `sha256:` or without. */
export function isHashLike(text: string): boolean {
  const match = SHAPE.exec(text);
  return match !== null && (match[1] !== undefined || (match[2] ?? '').length >= SHORTEST_ATTEMPT);
}

/** Reads MD5, SHA-1 or SHA-256 by its length; a label that says otherwise is an objection. */
export function parseHash(text: string): Parsed {
  const [, label, digits = ''] = SHAPE.exec(text) ?? [];
  const kind = KINDS[digits.length];
  if (kind === undefined) {
    return { objection: `A hash has 32 (MD5), 40 (SHA-1) or 64 (SHA-256) digits; this one has ${digits.length}.` };
  }
  if (label !== undefined && label.toLowerCase().replace('-', '') !== kind) {
    return { objection: `The label says ${label.toUpperCase()}, the length says ${kind.toUpperCase()}.` };
  }
  return { observable: { kind, value: digits.toLowerCase() }, notes: [] };
}
