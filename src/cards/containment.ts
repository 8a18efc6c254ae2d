import type { FormattedString } from '@grammyjs/parse-mode';
import type { ContainmentCard } from '#domain/card.ts';
import { type ContainmentState, isFailedStep } from '#domain/containment-state.ts';
import { isRestriction, targetsOf } from '#domain/containment.ts';
import { refOf } from '#domain/ids.ts';
import { ALL_TARGETS } from '#domain/lift-arg.ts';
import { narrowerThan } from '#domain/plan-change.ts';
import { type Button, endedButton, pressButton } from './button.ts';
import {
  decidedLine,
  effectLine,
  endLine,
  expiryLine,
  freezeLine,
  gapLine,
  impactLines,
  narrowedLine,
  reachLine,
  stakesLines,
  targetLines,
  whyLine,
} from './containment-lines.ts';
import { noticeOf, reminderOf } from './containment-notices.ts';
import { pageOf, renderPage } from './containment-pages.ts';
import { liftedLine, overdueLines, stepLines } from './containment-steps.ts';
import { containmentHeadline, isRehearsal, subjectOf } from './containment-words.ts';
import { bold, code, line, lines, type Piece, type Rendered } from './text.ts';

/** A containment as its requester, an approver, or a short message tells it. */
export function renderContainment(card: ContainmentCard): Rendered {
  const { state, ask, reader } = card;
  const silent = (text: FormattedString): Rendered => ({ text, rows: [], request: null, rev: 0 });
  if (reader === 'notice') return silent(noticeOf(card));
  if (reader === 'reminder') return silent(reminderOf(card));
  if (reader === 'moved') {
    return silent(
      line(`⤵ ${state.plan.action} `, subjectOf(state), ` · the card is further down · #${refOf(ask.requestId)}`),
    );
  }
  const page = pageOf(card);
  if (page) return renderPage(card, page);
  const isOver = state.phase === 'lifted' || state.phase === 'overdue';
  return {
    text: lines(
      line(bold(containmentHeadline(state, reader)), subjectOf(state)),
      reader === 'approver' ? `Asked by ${state.requester}` : null,
      ...targetLines(state),
      effectLine(state.plan, isOver),
      narrowedLine(state, state.choice),
      whyLine(state),
      ...bodyLines(card),
      line(
        `${reader === 'approver' ? '' : `${state.requester} · `}#${refOf(ask.requestId)} · digest `,
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
        ...stakesLines(state),
        ...(reader === 'approver' ? impactLines(state) : []),
        gapLine(state),
        freezeLine(state),
        reader === 'requester' ? waitingWords(state) : null,
        reachLine(state),
        expiryLine(state),
      ];
    case 'acting':
      return [decidedLine(state)];
    case 'done':
    case 'not_done':
      return [decidedLine(state), ...stepLines(state)];
    case 'overdue':
      return overdueLines(state);
    case 'lifted':
      return [liftedLine(state)];
    case 'denied':
    case 'withdrawn':
    case 'expired':
      return [endLine(state)];
  }
}

function waitingWords({ stakes }: ContainmentState): string {
  const { approve, approvals } = stakes.rule;
  return approvals > 1 ? `Waiting for ${approvals} people with the role ${approve}` : `Waiting for a ${approve}`;
}

const AGAIN = pressButton('🔁 Ask again', 'repeat', { style: 'primary' });

type Rows = readonly (readonly Button[])[];

function buttonsOf(card: ContainmentCard): Rows {
  const { state } = card;
  switch (state.phase) {
    case 'still_wanted':
      return [[pressButton('✖ No', 'withdraw'), pressButton('Yes, ask approval', 'confirm', { style: 'primary' })]];
    case 'awaiting_approval':
      return card.reader === 'approver' ? approverButtons(card) : requesterButtons(card);
    case 'done':
    case 'not_done':
      // The lowest row stays in its place on a phone: a tap too many on the yes before must not ask to undo it.
      return [...undoButtons(state), [endedButton(endOf(state))]];
    case 'acting':
    case 'overdue':
      return [];
    case 'expired':
      return [[AGAIN], [endedButton(endOf(state))]];
    default:
      return [[endedButton(endOf(state))]];
  }
}

/** The one that leads to a yes stands by itself, and the second look puts the yes elsewhere: see the pages. */
function approverButtons({ state, person }: ContainmentCard): Rows {
  const less = narrowerThan(state.asked, state.choice).length > 0 ? [pressButton('✏ Less…', 'choose')] : [];
  const hasApproved = state.approvedBy.includes(person);
  return [
    hasApproved
      ? [endedButton('✅ You approved')]
      : [pressButton(`✅ Approve ${state.plan.action}…`, 'review', { style: 'danger' })],
    [pressButton('🚫 Deny…', 'refuse'), ...less],
  ];
}

/** A group sees one card: whoever may decide is led to the card in their own chat. */
function requesterButtons({ ask, state }: ContainmentCard): Rows {
  const first = [pressButton('✖ Withdraw', 'withdraw')];
  if (!ask.chat.isPrivate) return [[...first, pressButton('⚖ Decide…', 'decide', { style: 'primary' })]];
  return state.mayActAlone ? [[pressButton('🚨 Emergency, alone…', 'review', { style: 'danger' })], first] : [first];
}

/** What can be taken back, and what can be asked again. */
function undoButtons(state: ContainmentState): Rows {
  const { plan, steps } = state;
  const isHeld =
    isRestriction(plan.action) && !isRehearsal(state) && steps.some(({ outcome }) => outcome?.outcome === 'done');
  const words = plan.action === 'isolate' ? 'Release' : targetsOf(plan).length > 1 ? 'Unblock all' : 'Unblock';
  const undo = isHeld ? [pressButton(`♻ ${words}…`, 'lift', { style: 'success', arg: ALL_TARGETS })] : [];
  const again = steps.some(isFailedStep) ? [AGAIN] : [];
  const row = [...undo, ...again];
  return row.length > 0 ? [row] : [];
}

/** The one disabled button of a closed card: how it ended, and by whom. */
function endOf({ decision, phase }: ContainmentState): string {
  if (phase === 'lifted') return '♻ Lifted';
  if (!decision || decision.kind === 'expired') return '⌛ Expired, not executed';
  const names = decision.by.map((one) => one.by).join(' and ');
  const words = {
    approved: phase === 'not_done' ? '🟠 Not all done, approved' : '✅ Approved',
    denied: '🚫 Denied',
    withdrawn: '✖ Withdrawn',
  }[decision.kind];
  return `${words} by ${names}`;
}
