import type { Ask } from './ask.ts';
import type { ContainmentState } from './containment-state.ts';
import type { Drift } from './drift.ts';
import type { LookUpState } from './investigation.ts';
import type { Markings, Tlp } from './marking.ts';
import type { Observable } from './observable.ts';
import type { Role } from './person.ts';
import type { Held } from './responder.ts';

/**
 * What a card shows, as state. Workflows pass this and never prose, so a change of wording never meets replay; the
 * messenger turns it into text, entities and buttons.
 */
export type Card =
  | LookUpCard
  | OfferCard
  | ContainmentCard
  | HeldCard
  | DriftCard
  | { readonly kind: 'help'; readonly role: Role; readonly botName: string }
  | { readonly kind: 'who_am_i'; readonly name: string; readonly role: Role; readonly telegramId: number }
  | StatusCard
  | RequestsCard
  | CheckpointCard
  | AuditCard
  | NoteCard;

export type LookUpCard = {
  readonly kind: 'look_up';
  readonly ask: Ask;
  readonly state: LookUpState;
  /** `full` unfolds every source; `notice` is the short message that says it is done. */
  readonly view: 'short' | 'full' | 'notice';
};

/** What was found in a text, as buttons. `notes` says what was left out and why. */
export type OfferCard = {
  readonly kind: 'offer';
  readonly ask: Ask;
  readonly found: readonly Observable[];
  readonly notes: readonly string[];
  readonly markings: Markings;
  /** How often the markings were changed by its buttons. */
  readonly rev: number;
  /** How far its buttons may open the markings. */
  readonly mostOpen: Markings;
  /** Set where the markings keep the content out of the chat: the highest TLP that may be shown there. */
  readonly withheldAbove?: Tlp;
};

/**
 * A containment as one of its readers sees it. `notice` is the short message that tells the requester the end, `reminder`
 * the one that rings for an approver; `moved` is what stays of a card that was brought down to the end of its chat.
 */
export type ContainmentCard = {
  readonly kind: 'containment';
  readonly reader: 'requester' | 'approver' | 'notice' | 'reminder' | 'moved';
  /** Whose card it is: pages are turned by one person alone. */
  readonly person: string;
  readonly ask: Ask;
  readonly state: ContainmentState;
};

/** What is enforced now, as read from the systems. */
export type HeldCard = {
  readonly kind: 'held';
  readonly ask: Ask;
  readonly held: readonly Held[];
  readonly query: string | null;
  readonly unread: readonly { readonly system: string; readonly why: string }[];
  /** By `<lease id> <observable key>`: which target of its request a hold is, from 0. */
  readonly places: Readonly<Record<string, number>>;
};

/** How SocBot and what it depends on are doing. */
export type StatusCard = {
  readonly kind: 'status';
  readonly lines: readonly {
    /** `unknown`: switched on, and nobody has looked. */
    readonly state: 'ok' | 'unknown' | 'degraded' | 'down';
    readonly what: string;
    readonly detail: string;
  }[];
  readonly at: string;
};

/** Requests in a list, the newest first. */
export type RequestsCard = {
  readonly kind: 'requests';
  readonly title: 'pending' | 'status';
  readonly requests: readonly {
    /** The workflow's id. */
    readonly id: string;
    readonly ref: string;
    readonly title: string;
    readonly phase: string;
    readonly by: string;
    readonly startedAt: string;
  }[];
};

/** Where systems differ from what SocBot believes. */
export type DriftCard = { readonly kind: 'drift'; readonly drifts: readonly Drift[] };

/** A signed checkpoint of the audit, for the chat that is its witness. */
export type CheckpointCard = {
  readonly kind: 'checkpoint';
  /** How many records it covers. */
  readonly size: number;
  /** Base64. */
  readonly root: string;
  /** The whole note, to be kept as it is. */
  readonly note: string;
};

/** A page of the audit, the newest record first. */
export type AuditCard = {
  readonly kind: 'audit';
  /** The request that asked for it first: its buttons go on from there. */
  readonly requestId: string;
  /** What stood behind the command. */
  readonly typed: string;
  /** From 0. */
  readonly page: number;
  readonly lines: readonly {
    readonly at: string;
    /** A name, or the numeric id of somebody who is on no list; null for SocBot itself. */
    readonly who: string | null;
    readonly place: 'group' | 'private' | null;
    readonly ref: string | null;
    readonly action: string;
    readonly outcome: string;
    readonly target?: string;
    readonly digest?: string;
    readonly detail?: string;
  }[];
  readonly hasMore: boolean;
};

/** A short answer: what happened, why, and what to do next. `quoted` and `objection` may hold outside text. */
export type NoteCard = {
  readonly kind: 'note';
  readonly ask?: Ask;
  readonly tone: 'ok' | 'warning' | 'question' | 'error';
  readonly title: string;
  readonly quoted?: string;
  readonly objection?: string;
  /** Our own words. */
  readonly lines: readonly string[];
  /** A command to copy. */
  readonly example?: string;
  /** What may have been meant, the markings of a look-up of it, and the source if not all are meant. */
  readonly didYouMean?: { readonly observable: Observable; readonly markings: Markings; readonly only?: string };
};

/** A card on its way to a chat: new, as an answer, or in place of an earlier one. */
export type Posting = {
  readonly to: number;
  readonly card: Card;
  readonly replyTo?: number;
  readonly edit?: number;
  /** Without a sound. Edits never make one. */
  readonly isSilent: boolean;
};

/** What became of a posting. `unreachable`: Telegram does not let us write there, and trying again is no use. */
export type Posted =
  | { readonly chat: number; readonly message: number; readonly unreachable?: undefined }
  | { readonly chat: number; readonly unreachable: string };
