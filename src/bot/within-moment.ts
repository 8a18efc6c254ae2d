import { setTimeout as delay } from 'node:timers/promises';

const MOMENT_MS = 2_000;

/**
 * Waits for a courtesy to Telegram that nothing depends on, and for no longer than a moment: while it is waited for,
 * nobody else is heard. It goes on by itself; whether it succeeds does not matter.
 */
export async function withinMoment(courtesy: Promise<unknown>): Promise<void> {
  const moment = new AbortController();
  const done = courtesy.catch(() => undefined);
  await Promise.race([done, delay(MOMENT_MS, undefined, { signal: moment.signal }).catch(() => undefined)]);
  moment.abort();
}
