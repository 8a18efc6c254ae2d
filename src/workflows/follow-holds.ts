import { condition, upsertSearchAttributes } from '@temporalio/workflow';
import {
  type ContainmentPhase,
  type ContainmentState,
  isFailedStep,
  isOpenStep,
  type StepState,
} from '#domain/containment-state.ts';
import type { ContainmentCards } from './containment-cards.ts';
import type { ContainmentRecord } from './containment-record.ts';
import { SocPhase } from './search-attributes.ts';

/**
 * Follows what is held until nothing is, and keeps the cards true: made longer by another request, late, let go. What
 * concerns the requester and was not their own doing rings.
 */
export async function followHolds(record: ContainmentRecord, cards: ContainmentCards): Promise<void> {
  while (record.book.isOpen()) {
    await condition(() => record.hasNews());
    const { isForAll, bring } = record.takeNews();
    for (const reader of bring) void cards.bring(reader);
    if (!isForAll) continue;
    const phase = phaseOf(record.state());
    const isNew = phase !== record.state().phase;
    record.enter(phase);
    if (isNew) upsertSearchAttributes([{ key: SocPhase, value: phase }]);
    void (isNew && isTold(record) ? cards.showEnd() : cards.redraw('all'));
  }
  await condition(() => cards.isTold());
}

/**
 * Where the steps stand together, once each has its outcome: one that is late makes all of it late. What was only taken
 * back was never held, so it is not lifted.
 */
export function phaseOf({ steps, plan }: Pick<ContainmentState, 'steps' | 'plan'>): ContainmentPhase {
  if (steps.some(({ overdue }) => overdue !== undefined)) return 'overdue';
  const isLifted = ({ outcome, lifted }: StepState) =>
    lifted !== undefined && ['done', 'unknown'].includes(outcome?.outcome ?? '');
  if (steps.some(isLifted) && !steps.some((step) => isOpenStep(step, plan.action))) return 'lifted';
  return steps.some(isFailedStep) ? 'not_done' : 'done';
}

/** Late is said aloud; so is an end that somebody else brought about. */
function isTold(record: ContainmentRecord): boolean {
  const { phase, steps, requester } = record.state();
  if (phase === 'overdue') return true;
  return steps.some(({ lifted }: StepState) => Boolean(lifted?.order) && lifted?.order?.requester !== requester);
}
