import type { FormattedString } from '@grammyjs/parse-mode';
import type { ContainmentCard } from '#domain/card.ts';
import type { ContainmentState } from '#domain/containment-state.ts';
import { targetsOf } from '#domain/containment.ts';
import { refOf } from '#domain/ids.ts';
import { isPartly, isRehearsal, isUnsure, PAST_WORDS, subjectOf } from './containment-words.ts';
import { clock, line, when } from './text.ts';

/** The message with a sound that tells the requester, who waits, how it ended. */
export function noticeOf({ state, ask }: ContainmentCard): FormattedString {
  const what = subjectOf(state);
  const is = beWord(state);
  const { action } = state.plan;
  const past = PAST_WORDS[action];
  const ref = ` · #${refOf(ask.requestId)}`;
  const { decision } = state;
  const names = decision && decision.kind !== 'expired' ? decision.by.map((one) => one.by).join(' and ') : '';
  switch (state.phase) {
    case 'done':
      return doneNotice(state, names, ref);
    case 'denied': {
      const why = decision?.kind === 'denied' && decision.why !== '' ? ` (${decision.why})` : '';
      return line(`🚫 ${names} denied${why}: ${action} `, what, ' was not executed', ref);
    }
    case 'lifted':
      return action === 'allow'
        ? line('♻ ', what, ` may be blocked again: ${liftedBy(state)}`, ref)
        : line('♻ ', what, ` ${is} free again: ${liftedBy(state)}`, ref);
    case 'overdue':
      return line('⚠ ', what, ' should be free by now and may still be held: see the card', ref);
    case 'expired':
      return line(`⌛ Nobody answered: ${action} `, what, ' was not executed', ref);
    default:
      if (isPartly(state)) return line('🟠 ', what, ` ${is} only partly ${past}: see the card`, ref);
      return isUnsure(state)
        ? line('🟠 ', what, ` ${is} not surely ${past}: see the card`, ref)
        : line(`🟠 ${action} `, what, ' was not executed: see the card', ref);
  }
}

function beWord({ plan }: ContainmentState): 'is' | 'are' {
  return targetsOf(plan).length > 1 ? 'are' : 'is';
}

function doneNotice(state: ContainmentState, names: string, ref: string): FormattedString {
  const what = subjectOf(state);
  const done = state.steps.flatMap(({ outcome }) => (outcome?.outcome === 'done' ? [outcome] : []));
  if (isRehearsal(state)) return line(`🧪 ${names} approved. Dry run: nothing was done to `, what, ref);
  if (done.some(({ wasFree }) => wasFree))
    return line(`⚠ ${names} approved, but `, what, ' had not been held before: see the card', ref);
  if (done.length > 0 && done.every(({ isForeign }) => isForeign))
    return line(`✅ ${names} approved. `, what, ' had been held already, not by SocBot: that stays', ref);
  const until = done.flatMap((outcome) => outcome.until ?? [])[0];
  const rest = until
    ? [' until ', clock(until), beWord(state) === 'is' ? ', then lifts itself' : ', then lift themselves']
    : [];
  return line(`✅ ${names} approved. `, what, ` ${beWord(state)} ${PAST_WORDS[state.plan.action]}`, ...rest, ref);
}

function liftedBy({ steps }: ContainmentState): string {
  const order = steps.flatMap(({ lifted }) => lifted?.order ?? []).at(-1);
  return order ? `${order.requester} asked, ${order.approvers} approved` : 'the time was up';
}

/** The message with a sound for somebody who has yet to decide. */
export function reminderOf({ state, ask }: ContainmentCard): FormattedString {
  const what = subjectOf(state);
  return line(
    `🔔 Waits for you: ${state.plan.action} `,
    what,
    `, asked by ${state.requester}. Expires `,
    when(state.expiresAt),
    ` and is not executed then · #${refOf(ask.requestId)}`,
  );
}
