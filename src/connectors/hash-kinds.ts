import type { ObservableKind } from '#domain/observable.ts';

/** The hashes by which vendors know files. */
export type HashKind = 'md5' | 'sha1' | 'sha256';

const DIGITS: Readonly<Record<HashKind, number>> = { md5: 32, sha1: 40, sha256: 64 };

/** Whether an observable of this kind is a file's hash. */
export function isHashKind(kind: ObservableKind): kind is HashKind {
  return Object.hasOwn(DIGITS, kind);
}

/** Which hash a text is by its number of hexadecimal digits; null if it is none. */
export function parseHashKind(text: string): HashKind | null {
  if (!/^[0-9a-f]+$/i.test(text)) return null;
  return (['md5', 'sha1', 'sha256'] as const).find((kind) => DIGITS[kind] === text.length) ?? null;
}
