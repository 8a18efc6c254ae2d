import { condition, upsertSearchAttributes } from '@temporalio/workflow';
import { type ContainmentPhase, isHeldStep, type StepState } from '#domain/containment-state.ts';
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
    const phase = phaseOf(record);
    const isNew = phase !== record.state().phase;
    record.enter(phase);
    if (isNew) upsertSearchAttributes([{ key: SocPhase, value: phase }]);
    void (isNew && isTold(record) ? cards.showEnd() : cards.redraw('all'));
  }
  await condition(() => cards.isTold());
}

/** Where the holds stand together: one that is late makes all of it late. */
function phaseOf(record: ContainmentRecord): ContainmentPhase {
  const { steps, phase } = record.state();
  if (steps.some((step) => step.overdue !== undefined)) return 'overdue';
  if (!steps.some(isHeldStep) && steps.some(({ lifted }) => lifted !== undefined)) return 'lifted';
  return phase === 'overdue' ? 'done' : phase;
}

/** Late is said aloud; so is an end that somebody else brought about. */
function isTold(record: ContainmentRecord): boolean {
  const { phase, steps, requester } = record.state();
  if (phase === 'overdue') return true;
  return steps.some(({ lifted }: StepState) => Boolean(lifted?.order) && lifted?.order?.requester !== requester);
}
