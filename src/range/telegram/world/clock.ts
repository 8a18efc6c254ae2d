/** The simulator's time: real time plus whatever was skipped. Every lifetime is measured on it. */
export type Clock = {
  /** Milliseconds since the epoch. */
  nowMs(): number;
  /** Seconds since the epoch, rounded down, as Telegram dates are. */
  nowSeconds(): number;
  /** Lets time pass at once; `ms` must not be negative. */
  advance(ms: number): void;
  /** How much was skipped so far, in milliseconds. */
  skippedMs(): number;
};

/** A clock that has already skipped `skippedMs`. */
export function createClock(skippedMs = 0): Clock {
  let skipped = skippedMs;
  const nowMs = (): number => Date.now() + skipped;
  return {
    nowMs,
    nowSeconds: () => Math.floor(nowMs() / 1000),
    advance: (ms) => {
      skipped += ms;
    },
    skippedMs: () => skipped,
  };
}
