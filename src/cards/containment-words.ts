import type { ContainmentState } from '#domain/card.ts';
import type { ContainmentAction } from '#domain/containment.ts';

export const PAST_WORDS: Record<ContainmentAction, string> = { block: 'blocked', unblock: 'unblocked' };

/** Whether an act that did not go well may have had an effect all the same. */
export function isUnsure({ outcomes }: ContainmentState): boolean {
  return outcomes.some(({ outcome }) => ['done', 'failed', 'drifted'].includes(outcome.outcome));
}

/** The decision in capitals, up to the target: all that a lock screen shows. */
export function containmentHeadline(state: ContainmentState, reader: 'requester' | 'approver'): string {
  if (state.phase === 'awaiting_approval' && reader === 'approver') return `🟠 APPROVAL  ${state.plan.action} `;
  return `${wordsOf(state)}  `;
}

function wordsOf(state: ContainmentState): string {
  const action = state.plan.action.toUpperCase();
  const past = PAST_WORDS[state.plan.action].toUpperCase();
  switch (state.phase) {
    case 'still_wanted':
      return `⏸ STILL WANTED? ${action}`;
    case 'awaiting_approval':
      return `⏳ ${action} ASKED`;
    case 'acting':
      return `⏳ APPROVED, ${action} ON ITS WAY`;
    case 'done':
      return `✅ ${past}`;
    case 'not_done':
      return `🟠 ${isUnsure(state) ? 'NOT SURELY' : 'NOT'} ${past}`;
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
