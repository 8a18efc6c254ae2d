import type { FormattedString } from '@grammyjs/parse-mode';
import type { ContainmentState, Lifted } from '#domain/card.ts';
import type { OrderOutcome } from '#domain/containment.ts';
import { titleOf } from './system-titles.ts';
import { clock, lasting, line, list, outside, when } from './text.ts';

/** What will happen, where, and for how long: what the digest stands for. */
export function effectLine({ plan, phase }: ContainmentState): FormattedString {
  const where = list(plan.systems.map((system) => `the ${titleOf(system)}`));
  if (plan.durationMs === null) return line(`Take it off: ${where}`);
  return line(
    `${lasting(plan.durationMs)} on ${where}`,
    phase === 'lifted' || phase === 'overdue' ? '' : ', lifts itself',
  );
}

/** Why it is wanted: the requester's words, else the verdict it came from. */
export function whyLine({ reason, basis, phase }: ContainmentState): FormattedString | null {
  if ((phase === 'lifted' || phase === 'overdue') && !reason) return null;
  if (reason) return line('Reason: ', outside(reason, 200));
  return basis ? line('Why: ', outside(basis, 120)) : line('Reason: none given');
}

/** A stretch of time in which presses were lost, and what to do about it. */
export function gapLine({ gap }: ContainmentState): FormattedString | null {
  if (!gap) return null;
  return line(
    '🔄 I was offline ',
    clock(gap.from),
    ' to ',
    clock(gap.to),
    '. A press in that time was lost: please press again.',
  );
}

/** Approvers whom Telegram does not let us write to. */
export function reachLine({ unreachable }: ContainmentState): FormattedString | null {
  if (unreachable.length === 0) return null;
  return line(`⚠ Telegram does not let me write to ${list(unreachable)}: ask them to open this chat and press Start`);
}

/** Who decided, and when. */
export function decidedLine({ decision }: ContainmentState): FormattedString | null {
  if (decision?.kind !== 'approved') return null;
  const last = decision.by.at(-1);
  return line(`Approved by ${list(decision.by.map((one) => one.by))}`, ...(last ? [' ', clock(last.at)] : []));
}

/** What every system did, as read back from it. */
export function outcomeLines({ outcomes }: ContainmentState): FormattedString[] {
  return outcomes.map(({ system, outcome }) => outcomeLine(titleOf(system), outcome));
}

function outcomeLine(system: string, outcome: OrderOutcome): FormattedString {
  switch (outcome.outcome) {
    case 'done':
      return line(
        `${system} ✓ verified`,
        ...(outcome.until ? [' · until ', clock(outcome.until), ' (', when(outcome.until), ')'] : []),
        outcome.isHeldLonger ? ', as blocked before: the longer time stays' : '',
        outcome.wasFree ? ' · ⚠ it was not blocked before: is it the one you meant?' : '',
        outcome.isExtended ? ', made longer by another request' : '',
      );
    case 'refused':
      return line(`${system} ✗ refused: `, outside(outcome.why, 200));
    case 'failed':
      return line(`${system} ✗ failed: `, outside(outcome.why, 200), '. What may have been done is being taken back.');
    case 'drifted':
      return line(`${system} ✗ said yes, but `, outside(outcome.why, 200));
    case 'too_late':
      return line(`${system} ✗ could not run in its time, and will not run any more. Ask again if it is still wanted.`);
  }
}

/** Why a block still stands, and what is being done about it. */
export function overdueLines({ overdue }: ContainmentState): FormattedString[] {
  if (!overdue) return [];
  return [
    line('Its time was up ', clock(overdue.since)),
    line(`${titleOf(overdue.system)} did not let it go: `, outside(overdue.why, 200)),
    line('I keep trying. Until then it stays blocked, or may.'),
  ];
}

function liftedLine({ at, order }: Lifted): FormattedString {
  if (!order) return line('Lifted itself when its time was up, ', clock(at));
  return line(`Lifted: ${order.requester} asked, ${order.approvers} approved `, clock(at));
}

/** How it ended without, or after, the act. */
export function endLines(state: ContainmentState): FormattedString[] {
  const { decision, lifted } = state;
  if (lifted) return [liftedLine(lifted)];
  if (decision?.kind === 'expired')
    return [line('Nobody answered in time. Nothing was done. Ask again if it is still wanted.')];
  if (decision?.kind === 'denied' || decision?.kind === 'withdrawn') {
    const [one] = decision.by;
    return [line(`${decision.kind === 'denied' ? 'Denied' : 'Withdrawn'} by ${one.by} `, clock(one.at))];
  }
  return [];
}
