import { pending } from './failure.ts';

/** Keeps within what Telegram lets a bot say in one chat. */
export type Outbox = {
  /** Takes a turn in a chat; throws "not yet" with the time to wait where there is none. */
  takeTurn(chat: number): void;
  /** Leaves a chat alone for so many milliseconds, as Telegram asked. */
  hold(chat: number, waitMs: number): void;
};

/**
 * About one message a second in a private chat and twenty a minute in a group, with room for a short burst
 * (https://core.telegram.org/bots/faq, "My bot is hitting limits"). Groups have negative ids.
 */
const PRIVATE = { everyMs: 1_100, burst: 8 };
const GROUP = { everyMs: 3_200, burst: 8 };
const MOST_CHATS = 10_000;

/** Creates the outbox of the one process that speaks to Telegram. `now` is in milliseconds. */
export function createOutbox(now: () => number = Date.now): Outbox {
  /** When a chat would be fully rested again: the token bucket in one number. */
  const restedAt = new Map<number, number>();
  const heldUntil = new Map<number, number>();
  /** When the last of those who wait has its turn: each gets a time of its own, or all would come back at once. */
  const promisedUntil = new Map<number, number>();
  return {
    takeTurn(chat) {
      const { everyMs, burst } = chat < 0 ? GROUP : PRIVATE;
      const held = (heldUntil.get(chat) ?? 0) - now();
      if (held > 0) throw pending('telegram.held', 'Telegram asked for patience', held);
      const rested = Math.max(restedAt.get(chat) ?? 0, now()) + everyMs;
      const waitMs = rested - burst * everyMs - now();
      if (waitMs > 0) {
        const turnAt = Math.max(now() + waitMs, promisedUntil.get(chat) ?? 0);
        promisedUntil.set(chat, turnAt + everyMs);
        throw pending('telegram.paced', 'one thing at a time in one chat', turnAt - now());
      }
      for (const times of [restedAt, promisedUntil]) if (times.size > MOST_CHATS) forgetRested(times, now());
      restedAt.set(chat, rested);
    },
    hold(chat, waitMs) {
      heldUntil.set(chat, now() + waitMs);
    },
  };
}

function forgetRested(restedAt: Map<number, number>, now: number): void {
  for (const [chat, at] of restedAt) if (at <= now) restedAt.delete(chat);
}
