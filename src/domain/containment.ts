import type { Approval } from './approval.ts';
import { hashOf } from './ids.ts';
import type { Markings } from './marking.ts';
import { observableKey, type Observable } from './observable.ts';

/** What may be asked of the systems that enforce: hold a target off, or let it go again. */
export type ContainmentAction = 'block' | 'unblock';

/** Exactly what will run. The approval is bound to the digest of this and to nothing else. */
export type ContainmentPlan = {
  readonly action: ContainmentAction;
  readonly target: Observable;
  /** Ids of the systems, e.g. `block-feed`. */
  readonly systems: readonly string[];
  /** How long a block lasts from the moment it is approved, in milliseconds; null for an unblock. */
  readonly durationMs: number | null;
  /** What the target is marked with: PAP decides whether it may be acted on at all. */
  readonly markings: Markings;
};

/**
 * The digest of a plan, as people compare it: eight hex digits in two groups. The same plan has the same digest on every
 * machine; any other target, system, action or duration has another.
 */
export function digestOf(plan: ContainmentPlan): string {
  const hex = planHashOf(plan);
  return `${hex.slice(0, 4)} ${hex.slice(4, 8)}`;
}

/** The whole SHA-256 of a plan, in hex: what machines compare, since eight digits can be found by trying. */
export function planHashOf(plan: ContainmentPlan): string {
  const { tlp, pap } = plan.markings;
  const parts = [plan.action, observableKey(plan.target), [...plan.systems].sort(), plan.durationMs, tlp, pap];
  return hashOf(JSON.stringify(parts));
}

/** An approved plan on its way to the system that carries it out. */
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
  /** When a block ends, ISO 8601; null for an unblock. */
  readonly until: string | null;
  /** An order that could not run by then is not carried out any more, ISO 8601. */
  readonly notAfter: string;
};

/** The names of those who approved an order, for a sentence. */
export function approverNames(order: Order): string {
  return order.approvals.map((approval) => approval.by.name).join(' and ');
}

/**
 * One act of a lease. The lease has the id of the request that began it, until it is lifted; a lifted lease never comes
 * back, so an attempt that wakes up late finds it ended.
 */
export type LeaseAct = { readonly order: Order; readonly leaseId: string };

/** What one system holds, as read from the system itself. */
export type Held = {
  readonly system: string;
  readonly target: Observable;
  /** ISO 8601; null where the system knows no end. */
  readonly until: string | null;
  /** Who asked for it. */
  readonly by: string;
  /** The lease that holds it: the id of the request that began it. */
  readonly leaseId: string;
};

/** What became of an order in one system. `drifted`: the system said yes and its own list says otherwise. */
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
    }
  | { readonly outcome: 'refused'; readonly why: string }
  | { readonly outcome: 'failed'; readonly why: string }
  | { readonly outcome: 'drifted'; readonly why: string }
  | { readonly outcome: 'too_late' };

/** A system that enforces. Every call may be repeated: the lease and the order name the effect. */
export type Responder = {
  /** Holds the target off, or holds it longer. */
  contain(act: LeaseAct): Promise<ContainmentAnswer>;
  /** Lets the target go. Letting go of what is not held is done already. */
  release(act: LeaseAct): Promise<ContainmentAnswer>;
  /** What the system holds of this target, read from the system; null if nothing. */
  readBack(target: Observable): Promise<Held | null>;
  /** All that the system holds, read from the system. */
  list(): Promise<readonly Held[]>;
};

/** What a system said to an order: an expected "no" is a value. */
export type ContainmentAnswer = { readonly isDone: true } | { readonly isDone: false; readonly why: string };
