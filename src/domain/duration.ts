/** Milliseconds per unit, from long to short. `mo` and `y` are missing on purpose: they have no fixed length. */
const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
] as const;

const SHAPE = /^(?:(\d{1,12})d)?(?:(\d{1,12})h)?(?:(\d{1,12})m)?(?:(\d{1,12})s)?(?:(\d{1,12})ms)?$/;

/** Ten years: longer than anything SocBot waits for, and far from where a date overflows. */
const LONGEST_MS = 3650 * 86_400_000;

/** Up to two days people count in hours: `24h` and `36h`, but `7d`. */
const DAYS_FROM_MS = 2 * 86_400_000;

/**
 * Reads a duration as people write it: `30m`, `24h`, `7d`, `1500ms`, `1h30m`. Units are lower case, each at most once,
 * from long to short, whole numbers, no blanks.
 * @returns milliseconds, more than zero and at most ten years; null for anything else.
 */
export function parseDuration(text: string): number | null {
  const match = text.length > 0 && text.length <= 40 ? SHAPE.exec(text) : null;
  if (!match) return null;
  const totalMs = UNITS.reduce((sum, [, unitMs], index) => sum + Number(match[index + 1] ?? 0) * unitMs, 0);
  return totalMs > 0 && totalMs <= LONGEST_MS ? totalMs : null;
}

/**
 * Writes a duration so that `parseDuration` reads the same milliseconds again, e.g. `4h`, `24h`, `7d`, `1h30m`.
 * Fractions of a millisecond are dropped; zero and less are `0s`, which is no duration to `parseDuration`.
 */
export function renderDuration(durationMs: number): string {
  let restMs = Math.floor(durationMs);
  if (!(restMs > 0)) return '0s';
  const units = restMs < DAYS_FROM_MS ? UNITS.slice(1) : UNITS;
  let text = '';
  for (const [unit, unitMs] of units) {
    const count = Math.floor(restMs / unitMs);
    if (count > 0) text += `${count}${unit}`;
    restMs -= count * unitMs;
  }
  return text;
}
