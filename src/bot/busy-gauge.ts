/** Tells when more is asked than the engine can answer quickly, and whom to tell of it. */
export type BusyGauge = {
  /** Counts one request of a chat. True where this chat should hear now that answers will take longer. */
  count(chat: number): boolean;
};

const WINDOW_MS = 10_000;
/** One such message a minute is enough for anybody. */
const TELL_EVERY_MS = 60_000;

/** Creates a gauge that is full above so many requests in ten seconds; null never is. `now` is in milliseconds. */
export function createBusyGauge(mostInTenSeconds: number | null, now: () => number = Date.now): BusyGauge {
  let recent: number[] = [];
  const toldAt = new Map<number, number>();
  return {
    count(chat) {
      const at = now();
      recent = [...recent.filter((one) => at - one < WINDOW_MS), at];
      if (mostInTenSeconds === null || recent.length <= mostInTenSeconds) return false;
      if (at - (toldAt.get(chat) ?? -TELL_EVERY_MS) < TELL_EVERY_MS) return false;
      toldAt.set(chat, at);
      return true;
    },
  };
}
