/** The second tap of an impatient thumb comes within this time. */
const REPEAT_MS = 10_000;

const MOST_KEPT = 1_000;

/**
 * Knows the taps that were just carried out: one person's second tap on one button means the first one. Kept in memory,
 * since all presses come through one bot, and after a restart nobody taps a second time within the moment.
 */
export function createRepeatGuard(nowMs: () => number) {
  const carriedOut = new Map<string, number>();
  return {
    isRepeat: (tap: string): boolean => nowMs() - (carriedOut.get(tap) ?? -Infinity) < REPEAT_MS,
    carriedOut: (tap: string): void => {
      if (carriedOut.size >= MOST_KEPT) carriedOut.clear();
      carriedOut.set(tap, nowMs());
    },
  };
}

export type RepeatGuard = ReturnType<typeof createRepeatGuard>;
