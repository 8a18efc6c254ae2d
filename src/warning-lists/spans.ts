import type { Network } from '#domain/address.ts';
import type { SetNumbers } from './set-numbers.ts';
import type { Table } from './table.ts';

/** A network, and the index of the list that holds it. */
export type Listed = { readonly network: Network; readonly list: number };

/** Cuts networks of one family, which may hold each other, into spans that do not overlap. */
export function toSpans(listed: readonly Listed[], width: 4 | 16, sets: SetNumbers): Table {
  const edges = new Map<bigint, number[]>([[0n, []]]);
  for (const { network, list } of listed) {
    const start = toNumber(network.start.toByteArray());
    const size = 1n << BigInt(width * 8 - network.prefix);
    addTo(edges, start, list + 1);
    addTo(edges, start + size, -(list + 1));
  }
  const open = new Map<number, number>();
  const spans: { readonly start: bigint; readonly value: number }[] = [];
  for (const [start, changes] of [...edges].sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const change of changes) count(open, Math.abs(change) - 1, Math.sign(change));
    const value = sets.numberOf([...open.keys()]);
    const isInside = start < 1n << BigInt(width * 8);
    if (isInside && value !== spans.at(-1)?.value) spans.push({ start, value });
  }
  const keys = Buffer.concat(spans.map(({ start }) => toBytes(start, width)));
  return { width, keys, values: toValues(spans.map(({ value }) => value)) };
}

/** Two bytes a number, big-endian. */
export function toValues(numbers: readonly number[]): Uint8Array {
  const bytes = Buffer.alloc(numbers.length * 2);
  numbers.forEach((number, index) => bytes.writeUInt16BE(number, index * 2));
  return bytes;
}

function addTo(edges: Map<bigint, number[]>, at: bigint, change: number): void {
  const there = edges.get(at);
  if (there) there.push(change);
  else edges.set(at, [change]);
}

/** A list may hold a network twice, or one inside another. */
function count(open: Map<number, number>, list: number, by: number): void {
  const left = (open.get(list) ?? 0) + by;
  if (left === 0) open.delete(list);
  else open.set(list, left);
}

function toNumber(bytes: readonly number[]): bigint {
  return bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

function toBytes(number: bigint, width: number): Uint8Array {
  return Buffer.from(number.toString(16).padStart(width * 2, '0'), 'hex');
}
