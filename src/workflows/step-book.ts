import { isHeldStep, isOpenStep, type StepState } from '#domain/containment-state.ts';
import { type ContainmentPlan, type OrderOutcome, type Step, stepKey } from '#domain/containment.ts';
import type { StepNews } from './messages.ts';

/** Keeps how far every step of a plan has come, as the leases tell it. Each step has one outcome. */
export function createStepBook(plan: ContainmentPlan, onChange: () => void) {
  let steps: readonly StepState[] = plan.steps;
  const change = (step: Step, next: (before: StepState) => StepState): void => {
    const key = stepKey(step);
    const at = steps.findIndex((one) => stepKey(one) === key);
    const before = steps[at];
    if (!before) return;
    const after = next(before);
    if (after === before) return;
    steps = steps.with(at, after);
    onChange();
  };
  const settle = (step: Step, outcome: OrderOutcome): void =>
    change(step, (before) => (before.outcome ? before : { ...before, outcome }));
  return {
    steps: () => steps,
    settle,
    hear: (news: StepNews): void => {
      switch (news.kind) {
        case 'outcome':
          settle(news, news.outcome);
          return;
        case 'longer':
          change(news, (before) => (isHeldStep(before) ? longer(before, news.outcome) : before));
          return;
        case 'overdue':
          change(news, (before) => ({ ...before, overdue: { since: news.since, why: news.why } }));
          return;
        case 'lifted':
          change(news, ({ overdue: _, ...before }) => ({ ...before, lifted: news.lifted }));
      }
    },
    /** Whether every one of these steps has its outcome. */
    isComplete: (wanted: readonly Step[]): boolean => {
      const keys = new Set(wanted.map(stepKey));
      return steps.every((step) => !keys.has(stepKey(step)) || step.outcome !== undefined);
    },
    /** Whether a lease still has something to tell. */
    isOpen: (): boolean => steps.some((step) => isOpenStep(step, plan.action)),
  };
}

/** A hold that was late and is wanted for longer is late no more. */
function longer({ overdue: _, ...before }: StepState, outcome: OrderOutcome): StepState {
  return { ...before, outcome };
}

export type StepBook = ReturnType<typeof createStepBook>;
