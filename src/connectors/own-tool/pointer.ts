import { z } from 'zod';

/** A place in a JSON document, as its keys and positions from the root. */
export type Pointer = readonly string[];

/** A JSON pointer (RFC 6901) as a setting has it: `/data/0/value`, or an empty text for the whole document. */
export const Pointer = z.unknown().transform((value, context): Pointer => {
  const pointer = typeof value === 'string' ? readPointer(value) : null;
  if (pointer !== null) return pointer;
  context.addIssue('is not a place in an answer; write it like /value or /data/expires, or "" for the whole');
  return z.NEVER;
});

/** Reads a pointer; null for any other text. */
export function readPointer(text: string): Pointer | null {
  if (!/^(?:\/(?:[^~/]|~[01])*)*$/.test(text)) return null;
  return text
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** What stands at the place; undefined where nothing does. Sees what the answer itself holds, and no prototype. */
export function valueAt(document: unknown, pointer: Pointer): unknown {
  let value = document;
  for (const part of pointer) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[part];
  }
  return value;
}
