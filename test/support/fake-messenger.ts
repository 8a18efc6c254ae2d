import { ApplicationFailure } from '@temporalio/common';
import type { Card, Posted, Posting } from '#domain/card.ts';

/** A card as it stood in a chat, with the message it was posted as or edited into. */
export type Shown = Posting & { readonly message: number };

type Listener = { readonly isWanted: (shown: Shown) => boolean; readonly tell: (shown: Shown) => void };

/** Stands in for Telegram: keeps every card in the order it was shown, and tells who waits for one. */
export function createFakeMessenger() {
  const shown: Shown[] = [];
  const listeners = new Set<Listener>();
  const blockers = new Set<number>();
  const moves = new Map<number, number>();
  let away = Promise.resolve();
  let lastMessage = 1_000;

  const showOne = (posting: Posting): Posted => {
    if (blockers.has(posting.to)) return { chat: posting.to, unreachable: 'bot was blocked by the user' };
    lastMessage += 1;
    const to = moves.get(posting.to);
    const one = { ...posting, to: to ?? posting.to, message: (to ? undefined : posting.edit) ?? lastMessage };
    shown.push(one);
    for (const listener of listeners) if (listener.isWanted(one)) listener.tell(one);
    return { chat: one.to, message: one.message };
  };

  return {
    activities: {
      'telegram.show': async (postings: readonly Posting[]): Promise<readonly Posted[]> => {
        await away;
        return postings.map(showOne);
      },
    },
    /** Everything shown for a request so far. */
    of: (requestId: string): readonly Shown[] => shown.filter((one) => requestIdIn(one.card) === requestId),
    /** The first card shown, before or after now, that is wanted. */
    until: async (isWanted: (shown: Shown) => boolean): Promise<Shown> => {
      const known = shown.find(isWanted);
      if (known) return known;
      const { promise, resolve } = Promise.withResolvers<Shown>();
      const listener = { isWanted, tell: resolve };
      listeners.add(listener);
      return promise.finally(() => listeners.delete(listener));
    },
    /** From now on this chat has blocked the bot. */
    block: (chat: number): void => void blockers.add(chat),
    /** From now on this group has another id, under which every card is a new one. */
    move: (chat: number, to: number): void => void moves.set(chat, to),
    /** Telegram does not answer until the returned function is called. */
    hold: (): (() => void) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      away = promise;
      return resolve;
    },
  };
}

function requestIdIn(card: Card): string | null {
  return 'ask' in card && card.ask ? card.ask.requestId : null;
}

/** A failure as an activity gives it for a fault that no repeat can mend. */
export function faultOf(type: string, message: string): ApplicationFailure {
  return ApplicationFailure.create({ type, message, nonRetryable: true });
}
