import fc from 'fast-check';

/** How many random cases a property test tries; a nightly run sets `FUZZ_RUNS=100000`. */
export const FUZZ_RUNS = Number(process.env['FUZZ_RUNS'] ?? 5000);

/** One of the characters of a text. */
export function anyOf(characters: string): fc.Arbitrary<string> {
  return fc.constantFrom(...Array.from(characters));
}
