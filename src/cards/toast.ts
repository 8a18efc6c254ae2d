import type { GateDecision } from '#domain/decision.ts';
import type { PressOutcome } from '#domain/press.ts';

/** A short answer to a press; an alert has to be closed by hand. At most 200 characters (Bot API, answerCallbackQuery). */
export type Toast = { readonly text: string; readonly isAlert: boolean };

/** What a press came to, in words for the person who pressed. */
export function toastOf(outcome: PressOutcome): Toast {
  switch (outcome.kind) {
    case 'recorded':
      return { text: recordedWords(outcome.verb, outcome.missing), isAlert: false };
    case 'cancelled':
      return { text: 'Cancelled.', isAlert: false };
    case 'already_decided':
      return { text: decisionWords(outcome.decision), isAlert: true };
    case 'own_request':
      return { text: 'You asked for this one; somebody else must decide.', isAlert: true };
    case 'not_permitted':
      return {
        text: `Not allowed: only ${outcome.needs === 'requester' ? 'the' : 'a'} ${outcome.needs} may do this. It was recorded.`,
        isAlert: true,
      };
    case 'second_approver_needed':
      return { text: 'You approved already; a second person must.', isAlert: true };
    case 'stale_card':
      return { text: 'This card was out of date. Look again.', isAlert: true };
    case 'turned':
      return { text: '', isAlert: false };
    case 'code_needed':
      return { text: '🔑 Send me your six digits in our private chat.', isAlert: false };
    case 'frozen':
      return { text: 'Everything is frozen: nothing is approved now. You can still deny.', isAlert: true };
  }
}

export const STRANGER_TOAST: Toast = { text: 'Not allowed. Your id was logged.', isAlert: true };
export const INVALID_TOAST: Toast = { text: 'This button is not valid any more.', isAlert: true };
export const CLOSED_TOAST: Toast = { text: 'Closed already. No effect.', isAlert: true };
export const FULL_TOAST: Toast = {
  text: 'Too many presses on this card: it takes no more of yours. Ask again.',
  isAlert: true,
};
export const GONE_TOAST: Toast = { text: 'Too old to unfold: its history is gone. Look it up again.', isAlert: true };
export const LATER_TOAST: Toast = { text: '⏳ Received, not applied yet. The card will tell.', isAlert: false };
export const ACCEPTED_TOAST: Toast = { text: '👀 On it.', isAlert: false };

function recordedWords(verb: string, missing: number): string {
  if (missing === 1) return 'Recorded. One more approver is needed.';
  if (missing > 1) return `Recorded. ${missing} more approvers are needed.`;
  return (
    {
      approve: 'Approved.',
      emergency: 'Approved, alone. All admins are told.',
      deny: 'Denied.',
      withdraw: 'Withdrawn.',
      confirm: 'Going on.',
    }[verb] ?? 'Recorded.'
  );
}

function decisionWords(decision: GateDecision): string {
  if (decision.kind === 'expired') return 'Too late: it expired and was not executed.';
  const names = decision.by.map((one) => one.by).join(' and ');
  return `Already ${decision.kind} by ${names}.`;
}
