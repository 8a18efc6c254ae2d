import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readNetwork } from '#domain/address.ts';
import type { ListHit } from '#domain/guard/guard.ts';
import type { Observable } from '#domain/observable.ts';
import { HASH_WIDTH, MATCHES, type Reduced, readReduced } from './file.ts';
import { compareKey, lastNotAbove, numberAt, type Table } from './table.ts';

/** Where the copy that comes with SocBot lies. */
export const LISTS_FILE = join(import.meta.dirname, 'lists.bin');

export type WarningLists = {
  /** Of the newest list in the copy, ISO 8601. */
  readonly date: string;
  /** The lists that an observable in its canonical spelling is on, each once; of a network and a name also those of what lies in them. */
  find(observable: Observable): readonly ListHit[];
};

/** Opens the copy. It is read at the first question and kept; throws then if it cannot be read. */
export function openWarningLists(file: string = LISTS_FILE): WarningLists {
  let opened: WarningLists | null = null;
  const open = () => (opened ??= toWarningLists(readReduced(readFileSync(file))));
  return {
    get date() {
      return open().date;
    },
    find: (observable) => open().find(observable),
  };
}

function toWarningLists(reduced: Reduced): WarningLists {
  const numbers = new Map(reduced.names.map((name, index) => [name, index]));
  const hits = (lists: Iterable<number>) =>
    [...new Set(lists)].sort((a, b) => a - b).flatMap((index) => reduced.lists[index] ?? []);
  const findNetwork = (text: string) => hits(listsOfNetwork(text, reduced));
  const findName = (name: string) => hits(listsOfName(name, numbers, reduced));
  return {
    date: reduced.date,
    find: ({ kind, value }) => {
      switch (kind) {
        case 'ipv4':
        case 'ipv6':
        case 'cidr':
          return findNetwork(value);
        case 'domain':
          return findName(value);
        case 'url': {
          const host = URL.parse(value)?.hostname.replace(/^\[(.*)\]$/, '$1') ?? '';
          return readNetwork(host) ? findNetwork(host) : findName(host);
        }
        case 'md5':
        case 'sha1':
        case 'sha256':
          return hits(listsOfHash(value, reduced));
        default:
          return [];
      }
    },
  };
}

function listsOfNetwork(text: string, { ipv4, ipv6, sets }: Reduced): Iterable<number> {
  const network = readNetwork(text);
  if (!network) return [];
  const table = network.start.kind() === 'ipv4' ? ipv4 : ipv6;
  const first = Uint8Array.from(network.start.toByteArray());
  const last = first.map((byte, index) => byte | (0xff >> Math.min(8, Math.max(0, network.prefix - 8 * index))));
  const values = new Set<number>();
  for (let index = lastNotAbove(table, first); isBegunBy(table, index, last); index += 1)
    values.add(numberAt(table.values, index));
  return [...values].flatMap((value) => sets[value] ?? []);
}

function isBegunBy(table: Table, index: number, key: Uint8Array): boolean {
  return index * table.width < table.keys.length && compareKey(table, index, key) <= 0;
}

function listsOfHash(digits: string, { hashes, sets }: Reduced): readonly number[] {
  const key = Buffer.from(digits, 'hex').subarray(0, HASH_WIDTH);
  const index = lastNotAbove(hashes, key);
  const isThere = key.length === HASH_WIDTH && index >= 0 && compareKey(hashes, index, key) === 0;
  return isThere ? (sets[numberAt(hashes.values, index)] ?? []) : [];
}

function listsOfName(
  name: string,
  numbers: ReadonlyMap<string, number>,
  { nameValues, nameSets }: Reduced,
): readonly number[] {
  const labels = name.split('.');
  return labels.flatMap((_, level) => {
    const index = numbers.get(labels.slice(level).join('.'));
    const codes = index === undefined ? [] : (nameSets[numberAt(nameValues, index)] ?? []);
    const counting = level === 0 ? codes : codes.filter((code) => MATCHES[code % MATCHES.length] === 'suffix');
    return counting.map((code) => Math.floor(code / MATCHES.length));
  });
}
