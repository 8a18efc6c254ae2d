import type { Quota } from '#domain/source.ts';

/** The window of `Quota.perMinute`: it slides, so that no vendor's own way of cutting minutes can be exceeded. */
export const MINUTE_MS = 60_000;

/** The window of `Quota.perDay`: a UTC day, as VirusTotal resets at 00:00 UTC. */
export const DAY_MS = 86_400_000;

/** What already takes places in the quota. All times in milliseconds since 1970. */
export type Taken = {
  /** When calls went out: of the last minute, at least the `perMinute` newest. */
  readonly calls: readonly number[];
  /** How many calls went out on the UTC day of `now`. */
  readonly callsToday: number;
  /** The slots of those who stand in the queue before. */
  readonly ahead: readonly number[];
};

/**
 * The first moment, not before `now` (ms), at which one more call keeps the quota and jumps no queue. Whoever stands
 * ahead and is late still has a claim on this moment. Throws RangeError for a quota that allows no call.
 */
export function findSlot(now: number, quota: Quota, taken: Taken): number {
  if (!(quota.perMinute >= 1 && quota.perDay >= 1)) throw new RangeError('A quota must allow at least one call');
  const ahead = taken.ahead.map((slot) => Math.max(slot, now));
  const newestFirst = [...taken.calls, ...ahead].sort((a, b) => b - a);
  const fullSince = newestFirst[Math.floor(quota.perMinute) - 1];
  let slot = Math.max(now, ...ahead, fullSince === undefined ? now : fullSince + MINUTE_MS);
  while (countOnDay(slot, now, taken.callsToday, ahead) >= Math.floor(quota.perDay)) slot = toDay(slot) + DAY_MS;
  return slot;
}

/** The start of the UTC day of a moment, both in ms. */
export function toDay(ms: number): number {
  return ms - (ms % DAY_MS);
}

function countOnDay(slot: number, now: number, callsToday: number, ahead: readonly number[]): number {
  const calls = toDay(slot) === toDay(now) ? callsToday : 0;
  return calls + ahead.filter((other) => toDay(other) === toDay(slot)).length;
}
