import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, findSlot, MINUTE_MS, toDay } from '#store/slot.ts';
import { START } from './contract/fixture.ts';

const quota = { perMinute: 2, perDay: 5 };

describe('findSlot', () => {
  it('is now while there is room', () => {
    expect(findSlot(START, quota, { calls: [START - 1_000], callsToday: 1, ahead: [] })).toBe(START);
  });

  it('is a minute after the call that fills the minute', () => {
    const calls = [START - 1_000, START - 40_000, START - 50_000];

    expect(findSlot(START, quota, { calls, callsToday: 3, ahead: [] })).toBe(START - 40_000 + MINUTE_MS);
  });

  it('leaves room for those ahead who are late', () => {
    const taken = { calls: [], callsToday: 0, ahead: [START - 9_000, START - 9_000] };

    expect(findSlot(START, quota, taken)).toBe(START + MINUTE_MS);
  });

  it('skips as many days as those ahead will use up', () => {
    const tomorrow = toDay(START) + DAY_MS;
    const ahead = [0, 0, 60_000, 60_000, 120_000].map((ms) => tomorrow + ms);

    expect(findSlot(START, quota, { calls: [], callsToday: 5, ahead })).toBe(tomorrow + DAY_MS);
  });

  it.each([
    { perMinute: 0, perDay: 5 },
    { perMinute: 2, perDay: 0 },
    { perMinute: Number.NaN, perDay: 5 },
  ])('refuses %j instead of looking for ever', (impossible) => {
    expect(() => findSlot(START, impossible, { calls: [], callsToday: 0, ahead: [] })).toThrow(RangeError);
  });

  it('hands out moments that keep any quota, in order', () => {
    const anyQuota = fc.record({ perMinute: fc.integer({ min: 1, max: 6 }), perDay: fc.integer({ min: 1, max: 30 }) });

    fc.assert(
      fc.property(anyQuota, fc.integer({ min: 1, max: 100 }), fc.nat(DAY_MS), (limits, count, offset) => {
        const now = START + offset;
        const slots: number[] = [];
        for (let n = 0; n < count; n += 1) {
          slots.push(findSlot(now, limits, { calls: [], callsToday: 0, ahead: slots }));
        }

        const days = Object.values(Object.groupBy(slots, (slot) => toDay(slot)));
        expect(slots).toEqual(slots.toSorted((a, b) => a - b));
        expect(slots.filter((slot, n) => slot < (slots[n - limits.perMinute] ?? -MINUTE_MS) + MINUTE_MS)).toEqual([]);
        expect(days.every((day) => (day?.length ?? 0) <= limits.perDay)).toBe(true);
      }),
    );
  });
});
