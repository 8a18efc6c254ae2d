import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Ask } from '#domain/ask.ts';
import type { AuditQuery } from '#domain/audit-query.ts';
import type { Card } from '#domain/card.ts';
import type { ContainmentState, Freeze, Lifted } from '#domain/containment-state.ts';
import type { ContainmentPlan, Order, OrderOutcome, Step } from '#domain/containment.ts';
import type { Impact } from '#domain/impact.ts';
import type { InvestigationPlan, LookUpState } from '#domain/investigation.ts';
import type { Markings, Tlp } from '#domain/marking.ts';
import type { Observable } from '#domain/observable.ts';
import type { Press, PressOutcome } from '#domain/press.ts';
import type { Stakes } from '#domain/stakes.ts';

/** Where workflows and look-ups run, and where cards are posted from. */
export const TASK_QUEUE = 'soc';
export const TELEGRAM_TASK_QUEUE = 'telegram';

/** A press of a button. The answer says what it came to; refusals are answers too, and stay in the history. */
export const press = defineUpdate<PressOutcome, [Press]>('press');

/** The same press when no worker could answer in time: stored by the server, applied later, once. */
export const pressLater = defineSignal<[Press]>('pressLater');

/** Nobody could press in this time: the card is drawn anew and its life is extended. */
export const rearm = defineSignal<[Gap]>('rearm');
export type Gap = { readonly from: string; readonly to: string };

/** How much its card shows from now on: the press has drawn it already, later answers keep to it. */
export const showView = defineSignal<[LookUpView]>('showView');
export type LookUpView = 'short' | 'full';

/** The state of a look-up, also after it has ended. */
export const lookUpState = defineQuery<LookUpState>('lookUpState');

/** The state of a containment, also after it has ended. */
export const containmentState = defineQuery<ContainmentState>('containmentState');

/** Everything is stopped, or goes on (null): the cards of what waits say so. */
export const freeze = defineSignal<[Freeze | null]>('freeze');

/** Somebody wants their card at the end of their chat. */
export const bringCard = defineSignal<[{ readonly name: string; readonly telegramId: number }]>('bringCard');

/** An approved order for the lease of its target. */
export const giveOrder = defineSignal<[Order]>('giveOrder');

/** What became of a step, told by its lease to every request that it holds for. */
export const stepNews = defineSignal<[StepNews]>('stepNews');
export type StepNews = Step &
  (
    | { readonly kind: 'outcome'; readonly outcome: OrderOutcome }
    /** Another request made the time longer. */
    | { readonly kind: 'longer'; readonly outcome: OrderOutcome }
    | { readonly kind: 'overdue'; readonly since: string; readonly why: string }
    | { readonly kind: 'lifted'; readonly lifted: Lifted }
  );

export type LookUpInput = {
  readonly ask: Ask;
  readonly plans: readonly InvestigationPlan[];
  readonly markings: Markings;
  /** How long the first card waits for answers, in milliseconds. */
  readonly firstCardMs: number;
  /** Ask for a go-ahead before asking anybody. */
  readonly asksFirst: boolean;
  /** Ask metered sources again whose last answer was lost; a person chose to spend it. */
  readonly evenIfLost: boolean;
  /** Set where the markings keep the content out of the chat: the highest TLP that may be shown there. */
  readonly withheldAbove?: Tlp;
};

/** Somebody with a card of their own: an approver, or whoever is told when time runs out. */
export type Reader = { readonly name: string; readonly telegramId: number };

export type ContainmentInput = {
  readonly ask: Ask;
  readonly plan: ContainmentPlan;
  readonly reason: string | null;
  readonly basis: string | null;
  /** How much is at stake, and the rule that follows; the activity that acts judges it again. */
  readonly stakes: Stakes;
  readonly impact: Pick<Impact, 'findings' | 'hosts' | 'seenOn'>;
  readonly approvers: readonly Reader[];
  readonly escalateTo: readonly Reader[];
  readonly mayActAlone: boolean;
  readonly freeze: Freeze | null;
  /** The request came so late that the requester is asked first whether it is still wanted. */
  readonly isStale: boolean;
};

export type AnswerInput =
  | { readonly ask: Ask; readonly card: Card; readonly edit?: number }
  | { readonly ask: Ask; readonly read: ReadRequest; readonly edit?: number };

/** An answer that has to be read before it can be shown. */
export type ReadRequest =
  | { readonly what: 'held'; readonly query: string | null }
  | { readonly what: 'status' }
  | { readonly what: 'request'; readonly ref: string }
  | { readonly what: 'pending' }
  | { readonly what: 'audit'; readonly requestId: string; readonly asked: AuditAsked; readonly page: number }
  | { readonly what: 'look_up'; readonly requestId: string; readonly view: LookUpView };

/** What somebody wanted to see of the audit: as typed, as understood, and when; ISO 8601. */
type AuditAsked = { readonly typed: string; readonly query: AuditQuery; readonly at: string };

export type LeaseInput = Step & {
  readonly inbox: readonly Order[];
  /** What the lease holds already, when its history was cut. */
  readonly held: HeldLease | null;
};

/**
 * A lease that holds: the order in force, the id it is held under, the requests that it joined, and whether it is said to
 * be late.
 */
export type HeldLease = {
  readonly order: Order;
  readonly leaseId: string;
  readonly earlier: readonly string[];
  readonly isOverdue?: true;
};

/** What every request writes down about itself at its start; its buttons and lists read it, also after its end. */
export type RequestMemo = {
  readonly ask: Ask;
  /** One line, defanged, e.g. `Look up 203.0.113[.]66`. */
  readonly title: string;
  /** What its buttons may offer: observables by position. */
  readonly offer?: Offer;
  /** What a containment is about. */
  readonly plan?: ContainmentPlan;
  /** What of the audit its card shows. */
  readonly audit?: AuditAsked;
};

type Offer = {
  readonly observables: readonly Observable[];
  readonly markings: Markings;
  /** How far a button may open the markings; no button changes them if absent. */
  readonly mostOpen?: Markings;
  /** What the card says of what was left out, and why. */
  readonly notes?: readonly string[];
  /** The one source that is meant; all that are on if absent. */
  readonly only?: string;
};
