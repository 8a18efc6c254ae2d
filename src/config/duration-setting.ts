import { z } from 'zod';
import { parseDuration } from '#domain/duration.ts';

/** Milliseconds, written like `30m`; between two limits, which are written the same way. */
export function durationBetween(least: string, most: string, example: string) {
  const leastMs = parseDuration(least) ?? 0;
  const mostMs = parseDuration(most) ?? 0;
  return z.unknown().transform((value, context): number => {
    const durationMs = typeof value === 'string' ? parseDuration(value) : null;
    if (durationMs !== null && durationMs >= leastMs && durationMs <= mostMs) return durationMs;
    const what = durationMs === null ? 'is not a duration' : 'is too short or too long';
    context.addIssue(`${what}; write a time from ${least} to ${most}, such as ${example}`);
    return z.NEVER;
  });
}
