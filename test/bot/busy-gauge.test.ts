import { describe, expect, it } from 'vitest';
import { createBusyGauge } from '#bot/busy-gauge.ts';

/** A gauge for three requests in ten seconds, over a clock that the test moves. */
function startGauge(most: number | null = 3) {
  const clock = { ms: 1_000_000 };
  const gauge = createBusyGauge(most, () => clock.ms);
  return { clock, countMany: (times: number, chat = 1) => Array.from({ length: times }, () => gauge.count(chat)) };
}

describe('the gauge of how much is asked', () => {
  it('tells a chat once a minute, from the first request above the limit on', () => {
    const { clock, countMany } = startGauge();

    expect(countMany(5)).toEqual([false, false, false, true, false]);

    clock.ms += 59_999;
    expect(countMany(5)).toEqual([false, false, false, false, false]);
    clock.ms += 1;
    expect(countMany(1)).toEqual([true]);
  });

  it('tells every chat for itself', () => {
    const { countMany } = startGauge();
    countMany(4);

    expect(countMany(1, 2)).toEqual([true]);
  });

  it('forgets what was asked more than ten seconds ago', () => {
    const { clock, countMany } = startGauge();
    countMany(3);

    clock.ms += 10_000;

    expect(countMany(3)).toEqual([false, false, false]);
  });

  it('is never full without a limit', () => {
    const { countMany } = startGauge(null);

    expect(countMany(200)).not.toContain(true);
  });
});
