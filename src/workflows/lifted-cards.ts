import { ActivityFailure } from '@temporalio/workflow';
import type { ContainmentState } from '#domain/card.ts';
import type { HeldLease } from './messages.ts';
import { show } from './proxies.ts';

/** How a block ended: when, and by whom; null for "its time was up". */
export type Lifted = { readonly at: string; readonly by: string | null };

/** Tells every card of a block that it has ended. No act ever waits for it: Telegram may be away for long. */
export function createLiftedCards() {
  let untold = 0;
  return {
    isTold: () => untold === 0,
    async tell(held: HeldLease, lifted: Lifted): Promise<void> {
      untold += 1;
      try {
        await showLifted(held, lifted);
      } catch (error) {
        if (!(error instanceof ActivityFailure)) throw error;
      } finally {
        untold -= 1;
      }
    },
  };
}

export type LiftedCards = ReturnType<typeof createLiftedCards>;

async function showLifted({ order, ask, cards }: HeldLease, lifted: Lifted): Promise<void> {
  const state: ContainmentState = {
    phase: 'lifted',
    plan: order.plan,
    digest: order.digest,
    reason: order.reason,
    requester: order.requester,
    basis: null,
    expiresAt: order.notAfter,
    rev: 0,
    decision: { kind: 'approved', by: order.approvals.map(({ by, at }) => ({ by: by.name, at })) },
    outcomes: [],
    unreachable: [],
    lifted,
  };
  await show(
    cards.map(({ chat, message, reader }) => ({
      to: chat,
      edit: message,
      isSilent: true,
      card: { kind: 'containment', reader, ask, state },
    })),
    'Show: lifted',
  );
}
