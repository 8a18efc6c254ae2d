import type { Clock } from './clock.ts';

/** A press on a button, from the phone's point of view until the bot answers it. */
export type StoredPress = {
  readonly id: string;
  readonly from: number;
  readonly chat: number;
  readonly message: number;
  readonly kind: 'callback' | 'url' | 'copy' | 'disabled';
  readonly pressedAtMs: number;
  isAnswered: boolean;
  text: string | null;
  isAlert: boolean;
  url: string | null;
  readonly copiedText: string | null;
};

export type PressStore = {
  add(press: Pick<StoredPress, 'from' | 'chat' | 'message' | 'kind'> & Partial<StoredPress>): StoredPress;
  find(id: string): StoredPress | null;
  /** Resolves as soon as the press is answered, and after `timeoutMs` of real time anyway. */
  waitForAnswer(press: StoredPress, timeoutMs: number): Promise<void>;
  /** Wakes those who wait for an answer. */
  announceAnswer(press: StoredPress): void;
  dump(): readonly StoredPress[];
};

/** Seconds after which Telegram no longer takes an answer; undocumented, as users report it. */
export const ANSWER_WINDOW_MS = 15_000;

/** How long Telegram keeps an undelivered press for the bot; from `add_new_callback_query` in its server. */
export const PRESS_LIFE_MS = 150_000;

/** All presses; old ones are kept for whoever asks about them. */
export function createPressStore(clock: Clock, dump: readonly StoredPress[] = []): PressStore {
  const presses = new Map(dump.map((press) => [press.id, press]));
  const waiting = new Map<string, (() => void)[]>();
  let nextId = BigInt(dump.at(-1)?.id ?? '4300000000000000') + 1n;

  return {
    add(press) {
      const stored = {
        pressedAtMs: clock.nowMs(),
        isAnswered: false,
        text: null,
        isAlert: false,
        url: null,
        copiedText: null,
        ...press,
        id: String(nextId),
      };
      nextId += 1n;
      presses.set(stored.id, stored);
      return stored;
    },
    find: (id) => presses.get(id) ?? null,
    async waitForAnswer(press, timeoutMs) {
      if (press.isAnswered) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.set(press.id, [...(waiting.get(press.id) ?? []), resolve]);
      const timer = setTimeout(resolve, timeoutMs).unref();
      await promise;
      clearTimeout(timer);
    },
    announceAnswer(press) {
      for (const wake of waiting.get(press.id) ?? []) wake();
      waiting.delete(press.id);
    },
    dump: () => [...presses.values()],
  };
}
