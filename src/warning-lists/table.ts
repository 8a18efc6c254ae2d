/** Keys of one width, ascending, and beside each the number of what is kept under it. The bytes are as in the file. */
export type Table = {
  readonly width: number;
  readonly keys: Uint8Array;
  /** Two bytes a key, big-endian. */
  readonly values: Uint8Array;
};

/** The index of the last key that is not above the given one; -1 if all are. */
export function lastNotAbove({ keys, width }: Table, key: Uint8Array): number {
  let low = 0;
  let high = keys.length / width;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareAt(keys, middle * width, key) <= 0) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** How the key at an index compares with the given one: below zero, zero, or above. */
export function compareKey({ keys, width }: Table, index: number, key: Uint8Array): number {
  return compareAt(keys, index * width, key);
}

/** The number at an index of numbers of two bytes, big-endian; 0 beyond their end. */
export function numberAt(values: Uint8Array, index: number): number {
  return ((values[index * 2] ?? 0) << 8) | (values[index * 2 + 1] ?? 0);
}

function compareAt(keys: Uint8Array, offset: number, key: Uint8Array): number {
  for (let index = 0; index < key.length; index += 1) {
    const difference = (keys[offset + index] ?? 0) - (key[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
