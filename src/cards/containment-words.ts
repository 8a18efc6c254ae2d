import type { FormattedString } from '@grammyjs/parse-mode';
import { type ContainmentState, isFailedStep } from '#domain/containment-state.ts';
import { type ContainmentAction, targetsOf } from '#domain/containment.ts';
import { line, target } from './text.ts';

export const PAST_WORDS: Record<ContainmentAction, string> = {
  block: 'blocked',
  unblock: 'unblocked',
  allow: 'allowed',
  isolate: 'isolated',
  release: 'released',
};

/** What an act is about, in one piece: the target, or how many there are. */
export function subjectOf({ plan }: Pick<ContainmentState, 'plan'>): FormattedString {
  const [first, ...more] = targetsOf(plan);
  if (!first) return line('nothing');
  return more.length === 0 ? target(first) : line(`${more.length + 1} targets`);
}

/** Whether an act that did not go well may have had an effect all the same. */
export function isUnsure({ steps }: Pick<ContainmentState, 'steps'>): boolean {
  return steps.some(({ outcome }) => ['done', 'failed', 'drifted', 'unknown'].includes(outcome?.outcome ?? ''));
}

/** Whether some of it is done and some is not. */
export function isPartly({ steps }: Pick<ContainmentState, 'steps'>): boolean {
  return steps.some(({ outcome }) => outcome?.outcome === 'done') && steps.some(isFailedStep);
}

/** Whether every system was only asked what it would do. */
export function isRehearsal({ steps }: Pick<ContainmentState, 'steps'>): boolean {
  return steps.length > 0 && steps.every(({ outcome }) => outcome?.outcome === 'rehearsed');
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
  const verb = state.plan.action;
  const action = verb.toUpperCase();
  const past = PAST_WORDS[verb].toUpperCase();
  switch (state.phase) {
    case 'still_wanted':
      return `⏸ STILL WANTED? ${action}`;
    case 'awaiting_approval':
      return `⏳ ${action} ASKED`;
    case 'acting':
      return `⏳ APPROVED, ${action} ON ITS WAY`;
    case 'done':
      return isRehearsal(state) ? `🧪 DRY RUN, NOTHING DONE  ${verb}` : `✅ ${past}`;
    case 'not_done':
      if (isPartly(state)) return `🟠 PARTLY ${past}`;
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
