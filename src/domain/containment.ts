import { hashOf } from './ids.ts';
import type { Markings } from './marking.ts';
import { observableKey, type Observable } from './observable.ts';
import type { Approval } from './press.ts';
import type { ContainmentAnswer } from './responder.ts';

/**
 * What may be asked of the systems that enforce. `block` and `isolate` hold a target off; `unblock` and `release` let it
 * go; `allow` lets it go and keeps it off the lists.
 */
export const CONTAINMENT_ACTIONS = ['block', 'unblock', 'allow', 'isolate', 'release'] as const;
export type ContainmentAction = (typeof CONTAINMENT_ACTIONS)[number];

/** One effect of a plan: this target, in this system. */
export type Step = { readonly system: string; readonly target: Observable };

/** Exactly what will run. The approval is bound to the digest of this and to nothing else. */
export type ContainmentPlan = {
  readonly action: ContainmentAction;
  /** Every effect, each once; at least one. */
  readonly steps: readonly Step[];
  /** How long it is held from the moment it is approved, in milliseconds; null where it is let go for good. */
  readonly durationMs: number | null;
  /** What the targets are marked with: PAP decides whether they may be acted on at all. */
  readonly markings: Markings;
};

/** The list of what nobody may block, kept by SocBot itself: a system like the others. */
export const ALLOW_LIST = 'allow-list';

/** What an action asks of one system: to hold its target, or to let it go. */
export function verbOf(action: ContainmentAction, system: string): 'contain' | 'release' {
  if (action === 'allow') return system === ALLOW_LIST ? 'contain' : 'release';
  return action === 'block' || action === 'isolate' ? 'contain' : 'release';
}

/** Whether an action restricts somebody: what a freeze stops and limits count. */
export function isRestriction(action: ContainmentAction): boolean {
  return action === 'block' || action === 'isolate';
}

/** The targets of a plan, each once, in the order in which they were asked. */
export function targetsOf({ steps }: Pick<ContainmentPlan, 'steps'>): readonly Observable[] {
  return [...new Map(steps.map(({ target }) => [observableKey(target), target])).values()];
}

/** The systems of a plan, each once, in the order in which cards name them. */
export function systemsOf({ steps }: Pick<ContainmentPlan, 'steps'>): readonly string[] {
  return [...new Set(steps.map(({ system }) => system))];
}

/** One text per step, fit for a map or a comparison. */
export function stepKey({ system, target }: Step): string {
  return `${system} ${observableKey(target)}`;
}

/**
 * The digest of a plan, as people compare it: eight hex digits in two groups. The same plan has the same digest on every
 * machine; any other target, system, action or duration has another.
 */
export function digestOf(plan: ContainmentPlan): string {
  const hex = planHashOf(plan);
  return `${hex.slice(0, 4)} ${hex.slice(4, 8)}`;
}

/** The whole SHA-256 of a plan, in hex: what machines compare, since eight digits can be found by trying. */
export function planHashOf({ action, steps, durationMs, markings }: ContainmentPlan): string {
  const parts = [action, steps.map(stepKey).sort(), durationMs, markings.tlp, markings.pap];
  return hashOf(JSON.stringify(parts));
}

/** What a deciding button carries of the plan that its card shows: enough that nobody finds another with the same. */
export function planMarkOf(plan: ContainmentPlan): string {
  return planHashOf(plan).slice(0, 16);
}

/** What a request is about, whoever asks and for how long: the same wish has the same hash. */
export function subjectHashOf(plan: Pick<ContainmentPlan, 'action' | 'steps'>): string {
  return hashOf(JSON.stringify([plan.action, targetsOf(plan).map(observableKey).sort()])).slice(0, 16);
}

/** An approved plan on its way to the systems that carry it out. */
export type Order = {
  readonly plan: ContainmentPlan;
  readonly digest: string;
  /** The request that was approved; with the action it is the idempotency key of every effect. */
  readonly requestId: string;
  readonly requester: string;
  /** Their numeric Telegram id. */
  readonly requesterId: number;
  /** Who approved it; each with the seal of the press. */
  readonly approvals: readonly Approval[];
  readonly reason: string | null;
  /** When a hold ends, ISO 8601; null where nothing is held. */
  readonly until: string | null;
  /** An order that could not run by then is not carried out any more, ISO 8601. */
  readonly notAfter: string;
};

/** The names of those who approved an order, for a sentence. */
export function approverNames(order: Order): string {
  return order.approvals.map((approval) => approval.by.name).join(' and ');
}

/**
 * One act of a lease on its target. The lease has the id of the request that began it, until it is lifted; a lifted lease
 * never comes back, so an attempt that wakes up late finds it ended.
 */
export type LeaseAct = { readonly order: Order; readonly leaseId: string; readonly target: Observable };

/** What came of one act: the system's answer, or why it was not asked. */
export type ActAnswer =
  | ContainmentAnswer
  /** Somebody else's entry holds it already: it is left as it is, and no lease will lift it. */
  | { readonly isDone: true; readonly isForeign: true }
  /** All checks passed, and the system is set to do nothing. */
  | { readonly isDone: true; readonly isRehearsal: true }
  /** A call went out, no answer came, and the system cannot be read: only a person can tell. */
  | { readonly isDone: false; readonly isUnknown: true; readonly why: string };

/** What became of one step. `drifted`: the system said yes and its own list says otherwise. */
export type OrderOutcome =
  | {
      readonly outcome: 'done';
      readonly until: string | null;
      readonly verifiedAt: string;
      /** It was held for longer already, and still is: an order never makes the time shorter. */
      readonly isHeldLonger?: true;
      /** Another request made the time longer since. */
      readonly isExtended?: true;
      /** It was not held before it was let go: perhaps another target was meant. */
      readonly wasFree?: true;
      /** Somebody else's entry held it already; SocBot will not lift that. */
      readonly isForeign?: true;
    }
  | { readonly outcome: 'rehearsed' }
  | { readonly outcome: 'refused'; readonly why: string }
  | { readonly outcome: 'failed'; readonly why: string }
  | { readonly outcome: 'drifted'; readonly why: string }
  | { readonly outcome: 'unknown'; readonly why: string }
  | { readonly outcome: 'too_late' };
