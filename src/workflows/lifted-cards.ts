import type { ContainmentState } from '#domain/card.ts';
import type { HeldLease } from './messages.ts';
import { show } from './proxies.ts';

/** Tells every card of a block that it has ended, when, and by whom: null for "its time was up". */
export async function showLifted(held: HeldLease, lifted: { at: string; by: string | null }): Promise<void> {
  const { order, ask } = held;
  const state: ContainmentState = {
    phase: 'lifted',
    plan: order.plan,
    digest: order.digest,
    reason: order.reason,
    requester: order.requester,
    basis: null,
    expiresAt: order.notAfter,
    rev: 0,
    decision: { kind: 'approved', by: order.approvers.map((by) => ({ by, at: order.notAfter })) },
    outcomes: [],
    unreachable: [],
    lifted,
  };
  await show(
    held.cards.map(({ chat, message, reader }) => ({
      to: chat,
      edit: message,
      isSilent: true,
      card: { kind: 'containment', reader, ask, state },
    })),
    'Show: lifted',
  );
}
