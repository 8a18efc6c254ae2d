import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import { createOutbox } from '#activities/outbox.ts';

/** An outbox on a clock of the test; `take` gives the milliseconds to wait, 0 for a turn. */
function createTurns() {
  let nowMs = 1_000_000;
  const outbox = createOutbox(() => nowMs);
  const refusals: ApplicationFailure[] = [];
  const take = (chat: number): number => {
    try {
      outbox.takeTurn(chat);
      return 0;
    } catch (error) {
      if (!(error instanceof ApplicationFailure)) throw error;
      refusals.push(error);
      return Number(error.nextRetryDelay);
    }
  };
  const pass = (ms: number) => {
    nowMs += ms;
  };
  return { outbox, take, pass, refusals };
}

const takeMany = (take: (chat: number) => number, chat: number, times: number) =>
  Array.from({ length: times }, () => take(chat));

describe('the outbox', () => {
  it('lets a short burst through and then one message in 1.1 s in a private chat', () => {
    const { take, pass } = createTurns();

    expect(takeMany(take, 1001, 9)).toEqual([...Array.from({ length: 8 }, () => 0), 1_100]);
    pass(1_100);
    expect(takeMany(take, 1001, 2)).toEqual([0, 1_100]);
  });

  it('lets about nineteen a minute through in a group', () => {
    const { take, pass } = createTurns();
    takeMany(take, -1, 8);
    let turns = 0;

    for (let second = 0; second < 60; second += 1) {
      if (take(-1) === 0) turns += 1;
      pass(1_000);
    }

    expect(turns).toBeGreaterThanOrEqual(15);
    expect(turns).toBeLessThanOrEqual(20);
  });

  it('keeps chats apart', () => {
    const { take } = createTurns();
    takeMany(take, -1, 9);

    expect(take(-2)).toBe(0);
  });

  it('leaves a chat alone as long as Telegram asked, and no other', () => {
    const { outbox, take, pass } = createTurns();
    outbox.hold(1001, 13_938_000);

    expect([take(1001), take(1002)]).toEqual([13_938_000, 0]);
    pass(13_937_999);
    expect(take(1001)).toBe(1);
    pass(1);
    expect(take(1001)).toBe(0);
  });

  it('refuses a turn as something that is no error and comes again', () => {
    const { outbox, take, refusals } = createTurns();
    outbox.hold(1001, 5_000);
    takeMany(take, 1002, 9);
    take(1001);

    expect(refusals.map(({ type }) => type)).toEqual(['telegram.paced', 'telegram.held']);
    for (const refusal of refusals) {
      expect(refusal).toMatchObject({ nonRetryable: false, category: ApplicationFailureCategory.BENIGN });
    }
  });

  it('does not charge for a turn that it refused', () => {
    const { take, pass } = createTurns();
    takeMany(take, 1001, 50);
    pass(1_100);

    expect(take(1001)).toBe(0);
  });

  it('forgets chats that are rested, so that its memory has an end', () => {
    const { take, pass } = createTurns();
    for (let chat = 1; chat <= 10_002; chat += 1) take(chat);
    pass(60_000);

    expect(takeMany(take, 1, 9)).toEqual([...Array.from({ length: 8 }, () => 0), 1_100]);
  });
});
