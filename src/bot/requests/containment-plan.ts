import {
  ALLOW_LIST,
  type ContainmentAction,
  type ContainmentPlan,
  isRestriction,
  type Step,
  verbOf,
} from '#domain/containment.ts';
import type { Markings } from '#domain/marking.ts';
import type { Observable } from '#domain/observable.ts';
import type { ResponderProfile } from '#domain/responder.ts';

export type ContainmentWish = {
  readonly action: ContainmentAction;
  /** At least one. */
  readonly targets: readonly Observable[];
  readonly markings: Markings;
  /** Milliseconds; the usual time if absent. */
  readonly durationMs?: number;
  readonly reason?: string;
  readonly basis?: string;
  /** Only on these systems; on all that take the target if absent. */
  readonly systems?: readonly string[];
};

/** How long a hold lasts where nobody says; milliseconds. */
export type UsualTimes = { readonly defaultBlockMs: number; readonly defaultIsolationMs: number };

/** Every effect that a wish comes to: each target in every system that takes it. Systems that take none are not named. */
export function planOf(
  wish: ContainmentWish,
  responders: readonly ResponderProfile[],
  times: UsualTimes,
): ContainmentPlan {
  const { action, targets, markings, systems } = wish;
  const isWanted = ({ id }: ResponderProfile) =>
    systems ? systems.includes(id) : action === 'allow' || id !== ALLOW_LIST;
  const fitting = responders.filter(isWanted);
  const steps: Step[] = fitting.flatMap(({ id: system, kinds }) =>
    targets.filter(({ kind }) => kinds.includes(kind)).map((target) => ({ system, target })),
  );
  const holds = isRestriction(action) || steps.some(({ system }) => verbOf(action, system) === 'contain');
  const usualMs = action === 'isolate' ? times.defaultIsolationMs : times.defaultBlockMs;
  return { action, steps, durationMs: holds ? (wish.durationMs ?? usualMs) : null, markings };
}
