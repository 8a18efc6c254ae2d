import type { Observable, ObservableKind } from './observable.ts';

/** One effect asked of one system: hold this target off until then. Its lease names it: asked twice, it is one effect. */
export type Hold = {
  readonly target: Observable;
  /** At most 64 characters of `A-Za-z0-9-`; fit for a comment, by which the system's own list tells whose it is. */
  readonly leaseId: string;
  /** ISO 8601, UTC. */
  readonly until: string;
  /** The requester's name, for the system's own record. */
  readonly by: string;
  /** The digest of what was approved, e.g. `3fa1 09bc`. */
  readonly digest: string;
};

/** What to let go. Without a lease, whatever holds exactly this target, also what a person put there by hand. */
export type Freeing = { readonly target: Observable; readonly leaseId: string | null };

/** What one system holds, as read from the system itself. */
export type Held = {
  /** The responder's id. */
  readonly system: string;
  readonly target: Observable;
  /** ISO 8601; null where the system knows no end. */
  readonly until: string | null;
  /** Who asked for it; null where the system does not tell. */
  readonly by: string | null;
  /** The lease that holds it; null where the system does not tell, or where SocBot did not put it there. */
  readonly leaseId: string | null;
};

/** What a system said: an expected "no" is a value, in our own words. */
export type ContainmentAnswer = { readonly isDone: true } | { readonly isDone: false; readonly why: string };

/**
 * A system that enforces. One attempt per call, retrying is Temporal's. Every call may be repeated, and a repeat with the
 * same values changes nothing. Throws a ConnectorError for everything that is not an answer. Stops when the signal aborts.
 */
export type Responder = {
  /** Holds the target off, or the same lease longer: one entry, which ends at `until` where the system knows ends. */
  contain(hold: Hold, signal: AbortSignal): Promise<ContainmentAnswer>;
  /**
   * Lets the target go. What is not held is free already. With a lease, done means that its own entry is gone: what others
   * hold stays. Without, that exactly this target is no longer held: a wider entry that covers it is a "no" that names it.
   */
  release(freeing: Freeing, signal: AbortSignal): Promise<ContainmentAnswer>;
  /** What the system holds of exactly this target; null only where it said so. */
  readBack(target: Observable, signal: AbortSignal): Promise<Held | null>;
  /** Everything that the system holds of the kinds it takes, also what SocBot did not put there. */
  list(signal: AbortSignal): Promise<readonly Held[]>;
};

/** What the rest of SocBot must know of a responder without talking to it. Plain data; crosses process borders. */
export type ResponderProfile = {
  /** Names the connector's folder, its activities (`<id>.contain`) and its failures. */
  readonly id: string;
  /** As the vendor writes it, for cards. */
  readonly title: string;
  /** What it can hold off. A system that takes `host` isolates machines. */
  readonly kinds: readonly ObservableKind[];
  /** Its list tells neither whose an entry is nor when it ends: SocBot's own index knows what SocBot put there. */
  readonly isPlainList: boolean;
  /** Nothing can be read back from it: what became of a call whose answer was lost, only a person can tell. */
  readonly isBlind: boolean;
  /** It shows what it would do, and does nothing. */
  readonly isDryRun: boolean;
};
