import type { Observable } from '#domain/observable.ts';

/** Of nothing at all: blocking it stops every program that makes an empty file. */
const EMPTY_FILE = [
  'd41d8cd98f00b204e9800998ecf8427e',
  'da39a3ee5e6b4b0d3255bfef95601890afd80709',
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
];

/** Whether a hash is that of an empty file. */
export function isEmptyFile({ value }: Observable): boolean {
  return EMPTY_FILE.includes(value);
}
