import { faultOf, malformed } from './fault.ts';

/** RFC 1035, 2.3.4, in bytes. */
const LONGEST_LABEL = 63;
const LONGEST_NAME = 255;

/**
 * Writes a name for the wire (RFC 1035, 3.1), never compressed. Names are texts here: lower case, without the last dot,
 * the root empty; a byte that is none of `a-z0-9_*-` is `\DDD`, so a dot always parts two labels. Refuses what does not fit.
 */
export function encodeName(name: string): Buffer {
  const labels = name === '' ? [] : name.split('.').map(encodeLabel);
  const bytes = Buffer.concat([...labels, Buffer.of(0)]);
  if (bytes.byteLength > LONGEST_NAME) throw faultOf('refused', 'the name is too long for the zone', true);
  return bytes;
}

function encodeLabel(label: string): Buffer {
  const plain = label.replaceAll(/\\(\d{3})/g, (_, code: string) => String.fromCharCode(Number(code)));
  const bytes = Buffer.from(plain, 'latin1');
  if (bytes.byteLength === 0 || bytes.byteLength > LONGEST_LABEL) throw faultOf('refused', 'not a domain name', true);
  return Buffer.concat([Buffer.of(bytes.byteLength), bytes]);
}

/**
 * Reads a name at a place of a message and gives the place behind it. Follows pointers (RFC 1035, 4.1.4) towards the front
 * only, so that none leads in a circle.
 */
export function readName(message: Buffer, start: number): { readonly name: string; readonly end: number } {
  const labels: string[] = [];
  let at = start;
  let end: number | null = null;
  let size = 1;
  for (;;) {
    const length = message[at];
    if (length === undefined) throw malformed('a name breaks off');
    if (length === 0) return { name: labels.join('.'), end: end ?? at + 1 };
    if (length >= 0xc0) {
      const target = ((length & 0x3f) << 8) | (message[at + 1] ?? 0);
      if (at + 1 >= message.byteLength || target >= at) throw malformed('a name points to nowhere');
      end ??= at + 2;
      at = target;
    } else {
      size += length + 1;
      const label = message.subarray(at + 1, at + 1 + length);
      if (length > LONGEST_LABEL || label.byteLength < length || size > LONGEST_NAME) throw malformed('not a name');
      labels.push(toText(label));
      at += 1 + length;
    }
  }
}

function toText(label: Buffer): string {
  const escape = (sign: string) => `\\${String(sign.charCodeAt(0)).padStart(3, '0')}`;
  return label
    .toString('latin1')
    .replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
    .replaceAll(/[^a-z0-9_*-]/g, escape);
}
