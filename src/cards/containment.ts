import type { FormattedString } from '@grammyjs/parse-mode';
import type { ContainmentCard, ContainmentState } from '#domain/card.ts';
import { refOf } from '#domain/ids.ts';
import { type Button, endedButton, pressButton } from './button.ts';
import {
  decidedLine,
  effectLine,
  endLines,
  gapLine,
  outcomeLines,
  overdueLines,
  reachLine,
  whyLine,
} from './containment-lines.ts';
import { containmentHeadline, isUnsure, PAST_WORDS } from './containment-words.ts';
import { bold, clock, code, line, lines, type Piece, type Rendered, target, when } from './text.ts';

/** A containment as its requester, an approver, or the notice at the end tells it. */
export function renderContainment(card: ContainmentCard): Rendered {
  const { state, ask } = card;
  if (card.reader === 'notice') return { text: noticeOf(card), rows: [], request: null, rev: 0 };
  return {
    text: lines(
      line(bold(containmentHeadline(state, card.reader)), target(state.plan.target)),
      card.reader === 'approver' ? `Asked by ${state.requester}` : null,
      effectLine(state),
      whyLine(state),
      ...bodyLines(card),
      line(
        `${card.reader === 'approver' ? '' : `${state.requester} · `}#${refOf(ask.requestId)} · digest `,
        code(state.digest),
      ),
    ),
    rows: buttonsOf(card),
    request: ask.requestId,
    rev: state.rev,
  };
}

function bodyLines({ state, reader }: ContainmentCard): (Piece | null)[] {
  switch (state.phase) {
    case 'still_wanted':
      return ['This was asked a while ago. Still wanted?'];
    case 'awaiting_approval':
      return [
        gapLine(state),
        reader === 'requester' ? 'Waiting for a responder' : null,
        reachLine(state),
        line('Expires ', when(state.expiresAt)),
      ];
    case 'acting':
      return [decidedLine(state)];
    case 'done':
    case 'not_done':
      return [decidedLine(state), ...outcomeLines(state)];
    case 'overdue':
      return overdueLines(state);
    case 'denied':
    case 'withdrawn':
    case 'expired':
    case 'lifted':
      return endLines(state);
  }
}

function buttonsOf({ state, reader, ask }: ContainmentCard): readonly (readonly Button[])[] {
  const { phase, plan } = state;
  if (phase === 'still_wanted') {
    return [[pressButton('✖ No', 'withdraw'), pressButton('Yes, ask approval', 'confirm', { style: 'primary' })]];
  }
  if (phase === 'awaiting_approval') {
    const decide = [
      pressButton('🚫 Deny', 'deny'),
      pressButton(`✅ Approve ${plan.action}`, 'approve', { style: 'danger' }),
    ];
    if (reader === 'approver') return [decide];
    // A group sees one card: whoever may decide does it there, and everybody else is told why not.
    return ask.chat.isPrivate
      ? [[pressButton('✖ Withdraw', 'withdraw')]]
      : [[pressButton('✖ Withdraw', 'withdraw')], decide];
  }
  if (phase === 'done' && plan.action === 'block') {
    return [[endedButton(endOf(state))], [pressButton('♻ Unblock…', 'lift', { style: 'success' })]];
  }
  return phase === 'acting' || phase === 'overdue' ? [] : [[endedButton(endOf(state))]];
}

/** The one disabled button of a closed card: how it ended, and by whom. */
function endOf({ decision, phase }: ContainmentState): string {
  if (phase === 'lifted') return '♻ Lifted';
  if (!decision || decision.kind === 'expired') return '⌛ Expired, not executed';
  const names = decision.by.map((one) => one.by).join(' and ');
  const words = {
    approved: phase === 'not_done' ? '🟠 Not done, approved' : '✅ Approved',
    denied: '🚫 Denied',
    withdrawn: '✖ Withdrawn',
  }[decision.kind];
  return `${words} by ${names}`;
}

function liftedBy({ lifted }: ContainmentState): string {
  const order = lifted?.order;
  return order ? `${order.requester} asked, ${order.approvers} approved` : 'its time was up';
}

function noticeOf({ state, ask }: ContainmentCard): FormattedString {
  const what = target(state.plan.target);
  const past = PAST_WORDS[state.plan.action];
  const ref = ` · #${refOf(ask.requestId)}`;
  const { decision } = state;
  const names = decision && decision.kind !== 'expired' ? decision.by.map((one) => one.by).join(' and ') : '';
  switch (state.phase) {
    case 'done': {
      const wasFree = state.outcomes.some(({ outcome }) => outcome.outcome === 'done' && outcome.wasFree);
      if (wasFree) return line(`⚠ ${names} approved, but `, what, ' was not blocked before: see the card', ref);
      const until = state.outcomes.flatMap(({ outcome }) =>
        outcome.outcome === 'done' && outcome.until ? [outcome.until] : [],
      )[0];
      const rest = until ? [' until ', clock(until), ', then lifts itself'] : [];
      return line(`✅ ${names} approved. `, what, ` is ${past}`, ...rest, ref);
    }
    case 'denied':
      return line(`🚫 ${names} denied: ${state.plan.action} `, what, ' was not executed', ref);
    case 'lifted':
      return line('♻ ', what, ` is free again: ${liftedBy(state)}`, ref);
    case 'overdue':
      return line('⚠ ', what, ' should be free by now and may still be blocked: see the card', ref);
    case 'expired':
      return line(`⌛ Nobody answered: ${state.plan.action} `, what, ' was not executed', ref);
    default:
      return isUnsure(state)
        ? line('🟠 ', what, ` is not surely ${past}: see the card`, ref)
        : line(`🟠 ${state.plan.action} `, what, ' was not executed: see the card', ref);
  }
}
