import { expect, it } from 'vitest';
import { createStrangerFlood } from '#bot/stranger-flood.ts';

it('twenty messages of a stranger in a minute are worth a record, more are not, and others still are', () => {
  let nowMs = 0;
  const { isFlood } = createStrangerFlood(() => nowMs);

  const judged = Array.from({ length: 22 }, () => isFlood(1));

  expect(judged.slice(0, 20)).not.toContain(true);
  expect(judged.slice(20)).toEqual([true, true]);
  expect(isFlood(2)).toBe(false);
  nowMs = 60_000;
  expect(isFlood(1)).toBe(false);
});
