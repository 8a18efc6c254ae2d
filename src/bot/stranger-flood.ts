/** So much of one stranger is recorded and answered within the time; milliseconds. */
const MOST = 20;
const WITHIN_MS = 60_000;

/** More strangers than this at once are forgotten, and counted anew. */
const MOST_KEPT = 1_000;

/**
 * Tells when a stranger writes or presses so much that more of it is worth neither a record nor an answer: what strangers
 * send must not delay those on the list, nor fill the store.
 */
export function createStrangerFlood(nowMs: () => number) {
  const counts = new Map<number, { readonly fromMs: number; count: number }>();
  return {
    isFlood: (telegramId: number): boolean => {
      const known = counts.get(telegramId);
      if (known && nowMs() - known.fromMs < WITHIN_MS) {
        known.count += 1;
        return known.count > MOST;
      }
      if (counts.size >= MOST_KEPT) counts.clear();
      counts.set(telegramId, { fromMs: nowMs(), count: 1 });
      return false;
    },
  };
}
