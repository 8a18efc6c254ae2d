import type { ContainmentPlan } from './containment.ts';
import type { GateDecision } from './decision.ts';
import { AS_ASKED, type Choice } from './plan-change.ts';
import type { Rule } from './policy.ts';
import type { Approval, PressOutcome } from './press.ts';

/** The page that one person's card shows: the second look before a decision, the narrower scopes, why it is denied, the code. */
export type Review = { readonly page: 'confirm' | 'choose' | 'refuse' | 'code'; readonly choice: Choice };

/** Where an approval stands. */
export type Gate = {
  readonly requester: string;
  readonly requesterId: number;
  /** What was asked; what is proposed now is this, narrowed by `choice`. */
  readonly asked: ContainmentPlan;
  readonly choice: Choice;
  readonly rule: Pick<Rule, 'approve' | 'approvals' | 'code'>;
  /** Whether the requester may decide alone: the rule allows it and they may approve what others ask for. */
  readonly mayActAlone: boolean;
  readonly expiresAt: string;
  /** False while the requester has yet to say that a late request is still wanted: nobody decides before that. */
  readonly isConfirmed: boolean;
  /** Nothing is approved while everything is frozen. */
  readonly isFrozen: boolean;
  readonly rev: number;
  /** All of them for what is proposed now. */
  readonly approvals: readonly Approval[];
  /** What each person's own card shows, by name. */
  readonly reviews: Readonly<Record<string, Review>>;
  readonly decision: GateDecision | null;
  /** Answers given before, by press id: a press that arrives twice gets its first answer again. */
  readonly answered: Readonly<Record<string, PressOutcome>>;
};

/** What a gate begins with. */
export type GateOpening = Pick<Gate, 'requester' | 'requesterId' | 'asked' | 'rule' | 'expiresAt'> &
  Partial<Pick<Gate, 'isConfirmed' | 'mayActAlone'>>;

/** A gate that waits for its first press. */
export function openGate(opening: GateOpening): Gate {
  return {
    isConfirmed: true,
    mayActAlone: false,
    ...opening,
    choice: AS_ASKED,
    isFrozen: false,
    rev: 0,
    approvals: [],
    reviews: {},
    decision: null,
    answered: {},
  };
}

/** Closes a gate whose request was ended from outside, by none of the people on its cards. */
export function withdrawGate(gate: Gate, by: string, at: string): Gate {
  return gate.decision ? gate : { ...gate, decision: { kind: 'withdrawn', by: [{ by, at }] } };
}

/** Closes a gate that nobody answered. A gate that is decided stays as it is. */
export function expireGate(gate: Gate): Gate {
  return gate.decision ? gate : { ...gate, decision: { kind: 'expired' } };
}

/** Stops or lets go on what waits; a gate that is decided stays as it is. */
export function freezeGate(gate: Gate, isFrozen: boolean): Gate {
  return gate.decision || gate.isFrozen === isFrozen ? gate : { ...gate, isFrozen };
}

/** Nobody was away for longer, and an instant has to stay one that can be written down. */
const MOST_GIVEN_MS = 366 * 86_400_000;

/**
 * Gives a waiting gate the time back that nobody could press in, and makes presses on older cards count for nothing:
 * a person decides on the card that says so. Milliseconds; what is no length of time gives nothing back.
 */
export function rearmGate(gate: Gate, lostMs: number): Gate {
  if (gate.decision) return gate;
  const givenMs = Number.isFinite(lostMs) ? Math.min(Math.max(lostMs, 0), MOST_GIVEN_MS) : 0;
  const expiresAt = new Date(Date.parse(gate.expiresAt) + givenMs).toISOString();
  return { ...gate, expiresAt, reviews: {}, rev: nextRev(gate) };
}

/** Revisions go round: a card shows one of 256. */
export function nextRev({ rev }: Pick<Gate, 'rev'>): number {
  return (rev + 1) % 256;
}
