import { type ContainmentAction, type ContainmentPlan, type OrderOutcome, type Step, verbOf } from './containment.ts';
import type { GateDecision } from './decision.ts';
import type { Review } from './gate.ts';
import type { Impact } from './impact.ts';
import type { Choice } from './plan-change.ts';
import type { Stakes } from './stakes.ts';

export type ContainmentPhase =
  | 'still_wanted'
  | 'awaiting_approval'
  | 'acting'
  | 'done'
  | 'not_done'
  | 'denied'
  | 'withdrawn'
  | 'expired'
  | 'overdue'
  | 'lifted';

/** How a hold ended: when; who asked for it and who approved, null where its time was up. */
export type Lifted = {
  readonly at: string;
  readonly order: { readonly requester: string; readonly approvers: string } | null;
};

/** How far one step has come. Nothing is known of it before its lease has told. */
export type StepState = Step & {
  readonly outcome?: OrderOutcome;
  /** Why it is still held although its time is up. */
  readonly overdue?: { readonly since: string; readonly why: string };
  readonly lifted?: Lifted;
};

/** Who stopped everything, and why. */
export type Freeze = { readonly by: string; readonly at: string; readonly reason: string | null };

/** Everything that a containment's cards show. */
export type ContainmentState = {
  readonly phase: ContainmentPhase;
  /** What was asked, and how far it is narrowed: `plan` is what is proposed now. */
  readonly asked: ContainmentPlan;
  readonly choice: Choice;
  readonly plan: ContainmentPlan;
  readonly digest: string;
  readonly reason: string | null;
  readonly requester: string;
  /** Why somebody thought it wise: the verdict it came from, in one clause. */
  readonly basis: string | null;
  readonly stakes: Stakes;
  readonly impact: Impact;
  readonly mayActAlone: boolean;
  readonly expiresAt: string;
  readonly rev: number;
  /** Who has approved what is proposed now. */
  readonly approvedBy: readonly string[];
  /** The page that each person's own card shows, by name. */
  readonly reviews: Readonly<Record<string, Review>>;
  readonly decision: GateDecision | null;
  readonly steps: readonly StepState[];
  readonly freeze?: Freeze;
  /** A time in which presses were lost. */
  readonly gap?: { readonly from: string; readonly to: string };
  /** Approvers whom Telegram does not let us write to. */
  readonly unreachable: readonly string[];
};

/** Whether a step has not come to what was wanted. */
export function isFailedStep({ outcome }: StepState): boolean {
  return outcome !== undefined && outcome.outcome !== 'done' && outcome.outcome !== 'rehearsed';
}

/** Whether a step is held now, and its lease will let it go. */
export function isHeldStep({ outcome, lifted }: StepState): boolean {
  return (
    outcome?.outcome === 'done' && outcome.until !== null && outcome.isForeign === undefined && lifted === undefined
  );
}

/**
 * Whether its lease has yet to tell an end: it holds it, or takes back what may have happened. What was to be let go and
 * is not has no end to wait for.
 */
export function isOpenStep(step: StepState, action: ContainmentAction): boolean {
  const isDoubtful = verbOf(action, step.system) === 'contain' && isDoubtfulOutcome(step.outcome);
  return isHeldStep(step) || (isDoubtful && step.lifted === undefined);
}

/** Whether something may have happened that was not seen to have happened. */
export function isDoubtfulOutcome(outcome: OrderOutcome | undefined): boolean {
  return ['failed', 'drifted', 'unknown'].includes(outcome?.outcome ?? '');
}
