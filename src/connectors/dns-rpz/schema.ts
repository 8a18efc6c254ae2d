import { z } from 'zod';
import type { Secret } from '#domain/secret.ts';

/** `host:port` of the zone's primary; port 53 where there is none. An IPv6 address stands in brackets. */
export const ServerAddress = z
  .string()
  .regex(/^(?:\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/i, 'must be host:port')
  .transform((text) => {
    const [, host = '', port = '53'] = /^\[?(.+?)\]?(?::(\d+))?$/.exec(text) ?? [];
    return { host, port: Number(port) };
  })
  .refine(({ port }) => port >= 1 && port <= 65_535, 'must have a port from 1 to 65535');

/** A name in DNS, e.g. of a zone or a key, with or without its last dot; read into lower case without it. */
export const DnsName = z
  .string()
  .toLowerCase()
  .transform((text) => text.replace(/\.$/, ''))
  .refine(
    (text) => text.length <= 200 && text.split('.').every((label) => /^[a-z0-9_-]{1,63}$/.test(label)),
    'must be a name in DNS',
  );

/** Whether a secret is one for TSIG as `tsig-keygen` prints it: base64 of 16 bytes or more (RFC 8945, 8 wants no fewer). */
export function isTsigSecret(secret: Secret): boolean {
  const text = secret.reveal();
  const bytes = Buffer.from(text, 'base64');
  return bytes.byteLength >= 16 && bytes.toString('base64') === text;
}

/** The longest `by` of a note, in bytes: a string of a TXT record holds 255 (RFC 1035, 3.3). */
const LONGEST_BY = 200;

const field = (name: string, value: z.ZodType<string, string> = z.string()) =>
  z
    .string()
    .startsWith(`${name}=`)
    .transform((text) => text.slice(name.length + 1))
    .pipe(value);

/** What stands in the zone beside an entry: whose it is. The strings of one TXT record, in this order. */
export const Note = z
  .tuple([
    z.literal('socbot=1'),
    field('lease', z.string().regex(/^[A-Za-z0-9-]{1,64}$/)),
    field('until', z.iso.datetime()),
    field('by'),
    field('digest'),
  ])
  .transform(([, leaseId, until, by, digest]) => ({ leaseId, until, by, digest }));
export type Note = z.output<typeof Note>;

/** Writes a note as the data of a TXT record. A very long name is cut. */
export function encodeNote({ leaseId, until, by, digest }: Note): Buffer {
  let name = Array.from(by).slice(0, LONGEST_BY);
  while (Buffer.byteLength(name.join('')) > LONGEST_BY) name = name.slice(0, -1);
  const strings = ['socbot=1', `lease=${leaseId}`, `until=${until}`, `by=${name.join('')}`, `digest=${digest}`];
  return Buffer.concat(
    strings.flatMap((text) => {
      const bytes = Buffer.from(text);
      return [Buffer.of(bytes.byteLength), bytes];
    }),
  );
}

/** Reads the data of a TXT record as a note; null for anything that SocBot would not have written. */
export function decodeNote(data: Buffer): Note | null {
  const strings: string[] = [];
  for (let at = 0; at < data.byteLength; at += 1 + (data[at] ?? 0)) {
    const bytes = data.subarray(at + 1, at + 1 + (data[at] ?? 0));
    strings.push(bytes.toString('utf8'));
  }
  return Note.safeParse(strings).data ?? null;
}
