import type { ContainmentState } from '#domain/card.ts';
import type { ContainmentAction } from '#domain/containment.ts';

export const PAST_WORDS: Record<ContainmentAction, string> = { block: 'blocked', unblock: 'unblocked' };

/** Whether an act that did not go well may have had an effect all the same. */
export function isUnsure({ outcomes }: ContainmentState): boolean {
  return outcomes.some(({ outcome }) => ['done', 'failed', 'drifted'].includes(outcome.outcome));
}

/**
 * The decision in capitals, up to the target: all that a lock screen shows. What was not done is said of the act, never
 * of the target: an earlier request may hold it blocked.
 */
export function containmentHeadline(state: ContainmentState, reader: 'requester' | 'approver'): string {
  if (state.phase === 'awaiting_approval' && reader === 'approver') return `🟠 APPROVAL  ${state.plan.action} `;
  return `${wordsOf(state)}  `;
}

function wordsOf(state: ContainmentState): string {
  const action = state.plan.action.toUpperCase();
  const verb = state.plan.action;
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
      return isUnsure(state) ? `🟠 NOT SURELY ${past}` : `🟠 NOT EXECUTED  ${verb}`;
    case 'denied':
      return `🚫 DENIED, NOT EXECUTED  ${verb}`;
    case 'withdrawn':
      return `✖ WITHDRAWN, NOT EXECUTED  ${verb}`;
    case 'expired':
      return `⌛ EXPIRED, NOT EXECUTED  ${verb}`;
    case 'overdue':
      return '⚠ NOT YET LIFTED';
    case 'lifted':
      return '♻ LIFTED';
  }
}
