import type { FormattedString } from '@grammyjs/parse-mode';
import { type ContainmentState, isFailedStep, type Lifted, type StepState } from '#domain/containment-state.ts';
import { systemsOf, targetsOf } from '#domain/containment.ts';
import { titleOf } from './system-titles.ts';
import { clock, line, outside, type Piece, target, when } from './text.ts';

/** Of more steps than this, the ones that went well are counted and no longer named. */
const MOST_NAMED = 4;

/** More failures than this are counted. */
const MOST_FAILURES = 6;

/** What every step came to, as read back from its system: each by itself, or, of many, counted by system. */
export function stepLines({ steps, plan }: Pick<ContainmentState, 'steps' | 'plan'>): FormattedString[] {
  const told = steps.filter(({ outcome }) => outcome !== undefined);
  const isSingle = targetsOf(plan).length === 1;
  if (told.length <= MOST_NAMED) return told.map((step) => stepLine(step, isSingle));
  const failed = told.filter(isFailedStep);
  const counts = systemsOf({ steps: told }).map((system) => {
    const here = told.filter((step) => step.system === system);
    const well = here.filter((step) => !isFailedStep(step));
    if (here.every(({ outcome }) => outcome?.outcome === 'rehearsed'))
      return line(`${titleOf(system)} 🧪 dry run: ${here.length} checked, nothing was done`);
    const isSeen = well.filter(({ outcome }) => outcome?.outcome !== 'rehearsed');
    return line(
      `${titleOf(system)} ${well.length === here.length ? '✓' : '✗'} ${isSeen.length} of ${here.length} verified`,
      ...exceptionsIn(here),
    );
  });
  const rest = failed.length - MOST_FAILURES;
  return [
    ...counts,
    ...failed.slice(0, MOST_FAILURES).map((step) => stepLine(step, isSingle)),
    ...(rest > 0 ? [line(`… and ${rest} more failed`)] : []),
  ];
}

/** What a count of what is verified would hide. */
function exceptionsIn(steps: readonly StepState[]): string[] {
  const count = (is: (outcome: NonNullable<StepState['outcome']>) => boolean) =>
    steps.filter(({ outcome }) => outcome !== undefined && is(outcome)).length;
  const counts: readonly (readonly [number, string])[] = [
    [count((one) => one.outcome === 'rehearsed'), 'in a dry run, nothing done'],
    [count((one) => one.outcome === 'done' && one.isForeign === true), 'held already, not by SocBot'],
    [count((one) => one.outcome === 'done' && one.wasFree === true), '⚠ not held before'],
  ];
  return counts.flatMap(([many, words]) => (many > 0 ? [` · ${many} ${words}`] : []));
}

function stepLine(step: StepState, isSingle: boolean): FormattedString {
  const name = isSingle ? line(titleOf(step.system)) : line(target(step.target, 48), ` · ${titleOf(step.system)}`);
  return line(name, ...wordsOf(step));
}

function wordsOf({ outcome, lifted }: StepState): Piece[] {
  switch (outcome?.outcome) {
    case undefined:
      return [' …'];
    case 'done':
      if (lifted) return [' ♻ let go ', clock(lifted.at)];
      return [
        outcome.isForeign ? ' ✓ held already, not by SocBot: stays when this ends' : ' ✓ verified',
        ...(outcome.until ? [' · until ', clock(outcome.until), ' (', when(outcome.until), ')'] : []),
        outcome.isHeldLonger ? ', as held before: the longer time stays' : '',
        outcome.wasFree ? ' · ⚠ it was not held before: is it the one you meant?' : '',
        outcome.isExtended ? ', made longer by another request' : '',
      ];
    case 'rehearsed':
      return [' 🧪 dry run: all checks passed, nothing was done'];
    case 'refused':
      return [' ✗ refused: ', outside(outcome.why, 200)];
    case 'failed':
      return [' ✗ failed: ', outside(outcome.why, 200), takenBackWords(lifted)];
    case 'drifted':
      return [' ✗ said yes, but ', outside(outcome.why, 200), takenBackWords(lifted)];
    case 'unknown':
      return [' ❓ not known: ', outside(outcome.why, 200), '. Please look there. It is let go when its time is up.'];
    case 'too_late':
      return [' ✗ could not run in its time, and will not run any more. Ask again if it is still wanted.'];
  }
}

function takenBackWords(lifted: Lifted | undefined): string {
  return lifted ? '. Whatever was done is taken back.' : '. What may have been done is being taken back.';
}

/** Why something is still held, and what is being done about it. */
export function overdueLines({ steps }: Pick<ContainmentState, 'steps'>): FormattedString[] {
  const late = steps.filter(({ overdue }) => overdue !== undefined);
  const [first] = late;
  if (!first?.overdue) return [];
  return [
    line('Its time was up ', clock(first.overdue.since)),
    ...late
      .slice(0, MOST_NAMED)
      .map(({ system, overdue }) => line(`${titleOf(system)} did not let it go: `, outside(overdue?.why ?? '', 200))),
    line('I keep trying. Until then it may still be held.'),
  ];
}

/** How it was let go: by whom, or by itself. */
export function liftedLine({ steps }: Pick<ContainmentState, 'steps'>): FormattedString | null {
  const lifted = steps.flatMap((step) => step.lifted ?? []).at(-1);
  if (!lifted) return null;
  const { at, order } = lifted;
  if (!order) return line('Lifted itself when its time was up, ', clock(at));
  return line(`Lifted: ${order.requester} asked, ${order.approvers} approved `, clock(at));
}
