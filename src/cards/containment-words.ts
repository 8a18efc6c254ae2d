import type { ContainmentState } from '#domain/card.ts';
import type { ContainmentAction } from '#domain/containment.ts';

export const PAST_WORDS: Record<ContainmentAction, string> = { block: 'blocked', unblock: 'unblocked' };

/** The decision in capitals: all that a lock screen shows. */
export function containmentHeadline(state: ContainmentState, reader: 'requester' | 'approver'): string {
  const action = state.plan.action.toUpperCase();
  const past = PAST_WORDS[state.plan.action].toUpperCase();
  switch (state.phase) {
    case 'still_wanted':
      return `⏸ STILL WANTED? ${action}`;
    case 'awaiting_approval':
      return reader === 'approver' ? `🟠 APPROVAL  ${state.plan.action}` : `⏳ ${action} ASKED`;
    case 'acting':
      return `⏳ APPROVED, ${action} ON ITS WAY`;
    case 'done':
      return `✅ ${past}`;
    case 'not_done':
      return `🟠 NOT ${past}`;
    case 'denied':
      return `🚫 DENIED, NOT ${past}`;
    case 'withdrawn':
      return `✖ WITHDRAWN, NOT ${past}`;
    case 'expired':
      return `⌛ EXPIRED, NOT ${past}`;
    case 'lifted':
      return '♻ LIFTED';
  }
}
