import {
  ActivityCancellationType,
  ActivityFailure,
  type ActivityOptions,
  CancellationScope,
  proxyActivities,
} from '@temporalio/workflow';
import type { Ask } from '#domain/ask.ts';
import type { Card, Posted, Posting } from '#domain/card.ts';
import type { ActAnswer, LeaseAct, Step } from '#domain/containment.ts';
import { defang } from '#domain/defang.ts';
import type { Impact } from '#domain/impact.ts';
import type { Observable } from '#domain/observable.ts';
import type { Report } from '#domain/report.ts';
import type { Held } from '#domain/responder.ts';
import type { Sharer } from '#domain/verdict.ts';
import { visibleText } from '#domain/visible-text.ts';
import { type ReadRequest, TELEGRAM_TASK_QUEUE } from './messages.ts';

/** Questions: repeated while the card can still use the answer. */
const LOOK_UP: ActivityOptions = {
  startToCloseTimeout: '15s',
  scheduleToCloseTimeout: '90s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '20s' },
  cancellationType: ActivityCancellationType.TRY_CANCEL,
};

/** Acts on the world: a few tries inside the order's window, which the activity checks itself. */
const CONTAIN: ActivityOptions = {
  startToCloseTimeout: '30s',
  scheduleToCloseTimeout: '10m',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' },
  cancellationType: ActivityCancellationType.TRY_CANCEL,
};

/** Undoing is owed: its lease tries again and again, and between two tries a person can be told. */
const RELEASE: ActivityOptions = {
  startToCloseTimeout: '30s',
  scheduleToCloseTimeout: '10m',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5m' },
};

/**
 * Telegram may be away for long, and may ask for hours of patience; a card is still wanted afterwards. A sender that died
 * on the way is missed by its heartbeat, long before a slow Telegram would be given up.
 */
const SHOW: ActivityOptions = {
  taskQueue: TELEGRAM_TASK_QUEUE,
  startToCloseTimeout: '30s',
  heartbeatTimeout: '10s',
  scheduleToCloseTimeout: '72h',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' },
};

/** Our own store and engine. */
const READ: ActivityOptions = {
  startToCloseTimeout: '15s',
  scheduleToCloseTimeout: '10m',
  retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '20s' },
};

/** What an approver should know; a card that waited longer for it would help nobody. */
const SURVEY: ActivityOptions = {
  startToCloseTimeout: '4s',
  scheduleToCloseTimeout: '5s',
  retry: { maximumAttempts: 1 },
  cancellationType: ActivityCancellationType.TRY_CANCEL,
};

/** All systems are read, one after the other; the next run comes soon. */
const COMPARE: ActivityOptions = {
  startToCloseTimeout: '5m',
  scheduleToCloseTimeout: '10m',
  retry: { maximumAttempts: 2 },
};

/** Of a long URL the Temporal UI shows the two ends, in UTF-16 units; the engine takes 400 bytes. */
const MOST_SHOWN = 100;

/** One question to one source. */
export type LookUpCall = {
  readonly observable: Observable;
  readonly requestId: string;
  /** Who asks, to be told to those who ask the same; empty where they must not learn of it. */
  readonly by: string;
  readonly evenIfLost: boolean;
};

/** `wait`: the key's quota is used up; the slot is reserved for this request. `lost`: asked before, the answer is gone. */
export type LookUpOutcome =
  | { readonly kind: 'report'; readonly report: Report; readonly answeredAt: string; readonly sharedBy?: Sharer }
  | { readonly kind: 'wait'; readonly slotAt: string }
  | { readonly kind: 'lost'; readonly askedAt: string };

type LookUps = Record<`${string}.lookUp`, (call: LookUpCall) => Promise<LookUpOutcome>>;
type Contains = Record<`${string}.contain`, (act: LeaseAct) => Promise<ActAnswer>>;
type Releases = Record<`${string}.release`, (act: LeaseAct) => Promise<ActAnswer>>;
type ReadBacks = Record<`${string}.readBack`, (target: Observable) => Promise<Held | null>>;

const lookUps = proxyActivities<LookUps>(LOOK_UP);
const contains = proxyActivities<Contains>(CONTAIN);
const releases = proxyActivities<Releases>(RELEASE);
const readBacks = proxyActivities<ReadBacks>(READ);

/** Asks one source; the activity's name names the vendor, its summary what it is asked about. */
export function lookUpAt(source: { id: string; title: string }, call: LookUpCall): Promise<LookUpOutcome> {
  const summary = `${source.title} ${visibleText(defang(call.observable), MOST_SHOWN)}`;
  return required(lookUps[`${source.id}.lookUp`]).executeWithOptions({ summary }, [call]);
}

/** Has a system hold a target off. */
export function containAt(system: string, act: LeaseAct, summary: string): Promise<ActAnswer> {
  return required(contains[`${system}.contain`]).executeWithOptions({ summary }, [act]);
}

/** Has a system let a target go. */
export function releaseAt(system: string, act: LeaseAct, summary: string): Promise<ActAnswer> {
  return required(releases[`${system}.release`]).executeWithOptions({ summary }, [act]);
}

/** Reads from a system what it holds of a target. */
export function readBackAt(system: string, target: Observable): Promise<Held | null> {
  return required(readBacks[`${system}.readBack`])(target);
}

const surveyor = proxyActivities<{
  'containment.survey': (steps: readonly Step[]) => Promise<Pick<Impact, 'held' | 'unread'>>;
}>(SURVEY);

/** Reads what the systems hold already of what somebody wants to have held. */
export const survey = surveyor['containment.survey'];

const comparer = proxyActivities<{ 'containment.reconcile': () => Promise<readonly Posting[]> }>(COMPARE);

/** Compares every system with the containment index; gives what has to be told. */
export const compareWithSystems = comparer['containment.reconcile'];

/** A proxy makes any activity; only the type says it might not. */
function required<T>(activity: T | undefined): T {
  if (activity === undefined) throw new TypeError('an activity proxy has every name');
  return activity;
}

const messenger = proxyActivities<{ 'telegram.show': (postings: readonly Posting[]) => Promise<readonly Posted[]> }>(
  SHOW,
);

/**
 * Posts and edits cards; the answers are in the order of the postings. A card on its way is waited for, whoever ends the
 * request meanwhile: one whose place nobody knows would go on offering what is over.
 */
export function show(postings: readonly Posting[], summary: string): Promise<readonly Posted[]> {
  return CancellationScope.nonCancellable(async () =>
    messenger['telegram.show'].executeWithOptions({ summary }, [postings]),
  );
}

/** What is told anew soon anyway is not waited for as long as there is no Telegram. */
const SHOW_SOON: ActivityOptions = { ...SHOW, scheduleToCloseTimeout: '4m' };

const quickMessenger = proxyActivities<{
  'telegram.show': (postings: readonly Posting[]) => Promise<readonly Posted[]>;
}>(SHOW_SOON);

/** Posts one card while it is news; null where that cannot be done now. */
export async function showSoon(posting: Posting, summary: string): Promise<Posted | null> {
  try {
    const [posted] = await quickMessenger['telegram.show'].executeWithOptions({ summary }, [[posting]]);
    return posted ?? null;
  } catch (error) {
    if (error instanceof ActivityFailure) return null;
    throw error;
  }
}

const reader = proxyActivities<{ 'desk.read': (request: ReadRequest, ask: Ask) => Promise<Card> }>(READ);

/** Reads what an answer shows: what is enforced, how SocBot is doing, a request's state. */
export const read = reader['desk.read'];

/** What happened without a person's press: kept in the audit. Repeats of one key are one record. */
export type AuditNote = {
  readonly key: string;
  readonly request: string;
  readonly action: string;
  readonly outcome: string;
  readonly target?: string;
  readonly digest?: string;
  readonly detail?: string;
};

const auditor = proxyActivities<{
  'audit.note': (note: AuditNote) => Promise<void>;
  'audit.checkpoint': () => Promise<Posting | null>;
  'audit.told': (posting: Posting, posted: Posted) => Promise<void>;
}>(READ);

/** Keeps a record of something that no activity of its own records. */
export const note = auditor['audit.note'];

/** Signs what is new in the audit, and gives what its chat has not had yet. */
export const takeCheckpoint = auditor['audit.checkpoint'];

/** Remembers what the audit chat has had. */
export const auditTold = auditor['audit.told'];

const quotas = proxyActivities<{ 'quota.leave': (requestId: string) => Promise<void> }>(READ);

/** Gives up every place that a request holds in the queues for a quota. */
export const leaveQuotas = quotas['quota.leave'];
