import type { ContainmentAction } from './containment.ts';
import type { Role } from './person.ts';

/** How high the stakes of a request are; each has a rule of its own. */
export const TIERS = ['usual', 'high', 'critical'] as const;
export type Tier = (typeof TIERS)[number];

/** Who may ask for and decide on one action at one tier, and what it takes. Times in milliseconds. */
export type Rule = {
  readonly ask: Role;
  readonly approve: Role;
  /** How many different people have to approve. */
  readonly approvals: number;
  /** Whether each of them proves to be there with a code from their authenticator. */
  readonly code: boolean;
  /** Whether the requester has to say why. */
  readonly reason: boolean;
  /** An approval that nobody answered in this time has expired. */
  readonly lifeMs: number;
  /** An approved act that could not run in this time is not carried out any more. */
  readonly windowMs: number;
  /** The longest time it may be held for. */
  readonly longestMs: number;
  /** Who is told with a sound when four fifths of the life are over. */
  readonly escalateTo: Role;
  /** Whether a responder on call may approve their own request, alone, with a code and a reason. */
  readonly emergency: boolean;
};

/** The rule of every action at every tier. */
export type Rules = Readonly<Record<ContainmentAction, Readonly<Record<Tier, Rule>>>>;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const USUAL: Rule = {
  ask: 'analyst',
  approve: 'responder',
  approvals: 1,
  code: false,
  reason: false,
  lifeMs: 30 * MINUTE_MS,
  windowMs: 10 * MINUTE_MS,
  longestMs: DAY_MS,
  escalateTo: 'admin',
  emergency: true,
};
const HIGH: Rule = { ...USUAL, code: true, longestMs: 30 * DAY_MS };
const CRITICAL: Rule = { ...HIGH, approvals: 2, reason: true, longestMs: 4 * HOUR_MS, emergency: false };
const ISOLATE: Rule = { ...HIGH, lifeMs: 15 * MINUTE_MS };
/** Letting go never needs two people: what is held in error must not stay held for want of a second one. */
const LET_GO: Rule = HIGH;
const ISOLATE_CRITICAL: Rule = { ...ISOLATE, approvals: 2, reason: true, emergency: false };

/** What holds where `socbot.yaml` says nothing else. */
export const DEFAULT_RULES: Rules = {
  block: { usual: USUAL, high: HIGH, critical: CRITICAL },
  unblock: { usual: LET_GO, high: LET_GO, critical: LET_GO },
  allow: { usual: LET_GO, high: LET_GO, critical: LET_GO },
  isolate: { usual: ISOLATE, high: ISOLATE, critical: ISOLATE_CRITICAL },
  release: { usual: LET_GO, high: LET_GO, critical: LET_GO },
};

/** How many containments are usual; beyond, two people decide. */
export type Limits = {
  /** In an hour, of one requester. */
  readonly perPerson: number;
  /** In an hour, of all. */
  readonly inAll: number;
  /** Machines isolated at once. */
  readonly isolated: number;
};

export const DEFAULT_LIMITS: Limits = { perPerson: 10, inAll: 30, isolated: 5 };
