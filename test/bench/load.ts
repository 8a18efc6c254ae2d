import type { LoggedCall, PhoneMessage } from '#range/telegram/phone.ts';
import { readEvents } from '#range/telegram/user-events.ts';
import { createUserSide, type UserSide } from '#range/telegram/user-side.ts';

/** A message that somebody sent; the time in milliseconds since 1970, taken just before. */
export type Sent = { readonly chat: number; readonly id: number; readonly sentAtMs: number };

/** The people's side of the load, over one stream of events for all chats. */
export type Load = {
  readonly people: UserSide;
  send(chat: number, text: string): Promise<Sent>;
  /** Waits for a message newer than `after` in somebody's private chat. */
  waitFor(
    chat: number,
    after: number,
    fits: (message: PhoneMessage) => boolean,
    timeoutMs?: number,
  ): Promise<PhoneMessage>;
  /** Every call to the Bot API since the last one that this gave. */
  newCalls(): Promise<readonly LoggedCall[]>;
  close(): void;
};

const PATIENCE_MS = 120_000;

export async function openLoad(userSide: string): Promise<Load> {
  const people = createUserSide(userSide);
  const closing = new AbortController();
  const watchers = new Map<number, Set<() => void>>();
  const opened = Promise.withResolvers<void>();
  const watch = async (): Promise<void> => {
    for await (const event of readEvents(`${userSide}/events`, closing.signal)) {
      if (event === null) opened.resolve();
      else if ('chat' in event) watchers.get(event.chat)?.forEach((wake) => wake());
    }
  };
  void watch().catch(opened.reject);
  await opened.promise;
  let seen = 0;
  return {
    people,
    async send(chat, text) {
      const sentAtMs = Date.now();
      const { id } = await people.send({ from: chat, chat, text });
      return { chat, id, sentAtMs };
    },
    async waitFor(chat, after, fits, timeoutMs = PATIENCE_MS) {
      const inTime = AbortSignal.timeout(timeoutMs);
      for (;;) {
        const woken = nextEvent(watchers, chat, inTime);
        const found = (await people.messages({ chat, as: chat, after })).find(fits);
        if (found) {
          woken.cancel();
          return found;
        }
        await woken.promise;
      }
    },
    async newCalls() {
      const calls = await people.calls({ after: seen });
      seen = calls.at(-1)?.seq ?? seen;
      return calls;
    },
    close: () => closing.abort(),
  };
}

function nextEvent(watchers: Map<number, Set<() => void>>, chat: number, inTime: AbortSignal) {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const own = watchers.get(chat) ?? new Set();
  watchers.set(chat, own.add(resolve));
  const late = (): void => reject(new Error(`nothing came in chat ${chat}`));
  inTime.addEventListener('abort', late, { once: true });
  const cancel = (): void => {
    own.delete(resolve);
    inTime.removeEventListener('abort', late);
  };
  return { promise: promise.finally(cancel), cancel };
}
