import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { z } from 'zod';
import type { Table } from './table.ts';

/** Bytes of a hash that are kept. Nobody makes a file that shares 96 bits with one of 200,000 others. */
export const HASH_WIDTH = 12;

/** What a name on a list stands for: itself, itself and all beneath it, or a listed name beneath it. */
export const MATCHES = ['exact', 'suffix', 'above'] as const;

/**
 * The reduced copy. Networks are cut into spans that do not overlap: a key begins a span, its value says which lists it
 * is on. Values are indices into `sets` or `nameSets`; the first of each is empty.
 */
export type Reduced = {
  /** Of the newest list in it, ISO 8601. */
  readonly date: string;
  readonly lists: readonly z.output<typeof KeptList>[];
  /** Indices into `lists`. */
  readonly sets: readonly (readonly number[])[];
  /** For each list, its index times three plus the index of the match in `MATCHES`. */
  readonly nameSets: readonly (readonly number[])[];
  readonly ipv4: Table;
  readonly ipv6: Table;
  readonly hashes: Table;
  /** In lower-case punycode. */
  readonly names: readonly string[];
  /** Two bytes a name, big-endian. */
  readonly nameValues: Uint8Array;
};

const KeptList = z.object({ list: z.string(), title: z.string(), tier: z.enum(['never', 'two_people', 'tell']) });
const Sets = z.array(z.array(z.int().nonnegative())).min(1);
const Header = z.object({
  date: z.iso.date(),
  lists: z.array(KeptList).min(1),
  sets: Sets,
  nameSets: Sets,
  /** Bytes of the sections that follow the header, in the order of `Reduced`. */
  sizes: z.array(z.int().nonnegative()).length(8),
});

/** Writes the copy: a header of JSON behind its length in four bytes, then the sections, all of it compressed. */
export function writeReduced(reduced: Reduced): Uint8Array {
  const { date, lists, sets, nameSets, ipv4, ipv6, hashes, names, nameValues } = reduced;
  const tables = [ipv4, ipv6, hashes].flatMap(({ keys, values }) => [keys, values]);
  const sections = [...tables, Buffer.from(names.map((name) => `${name}\n`).join(''), 'latin1'), nameValues];
  const sizes = sections.map(({ length }) => length);
  const header = Buffer.from(JSON.stringify({ date, lists, sets, nameSets, sizes }));
  const start = Buffer.alloc(4);
  start.writeUInt32BE(header.length);
  const whole = Buffer.concat([start, header, ...sections]);
  const params = { [constants.BROTLI_PARAM_LGWIN]: 22, [constants.BROTLI_PARAM_SIZE_HINT]: whole.length };
  return brotliCompressSync(whole, { params });
}

/** Reads the copy. Throws when it is not whole: a guard that lost its lists must not look like one that found nothing. */
export function readReduced(bytes: Uint8Array): Reduced {
  const whole = brotliDecompressSync(bytes);
  const end = 4 + whole.readUInt32BE();
  const header = Header.parse(JSON.parse(whole.toString('utf8', 4, end)));
  const sections = cut(whole.subarray(end), header.sizes);
  const [ipv4, ipv6, hashes] = [4, 16, HASH_WIDTH].map((width, index) =>
    toTable(width, sections[index * 2], sections[index * 2 + 1]),
  );
  const [text, nameValues] = sections.slice(6);
  if (!ipv4 || !ipv6 || !hashes || !text || !nameValues) throw new Error('The warning lists cannot be read.');
  const names = text.toString('latin1').split('\n').slice(0, -1);
  if (names.length * 2 !== nameValues.length) throw new Error('The warning lists are not whole: names are missing.');
  const { date, lists, sets, nameSets } = header;
  return { date, lists, sets, nameSets, ipv4, ipv6, hashes, names, nameValues };
}

function cut(bytes: Buffer, sizes: readonly number[]): readonly Buffer[] {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total !== bytes.length) throw new Error('The warning lists are not whole: their length differs.');
  let at = 0;
  return sizes.map((size) => bytes.subarray(at, (at += size)));
}

function toTable(width: number, keys?: Uint8Array, values?: Uint8Array): Table | null {
  const isWhole = keys !== undefined && values !== undefined && keys.length * 2 === values.length * width;
  return isWhole ? { width, keys, values } : null;
}
