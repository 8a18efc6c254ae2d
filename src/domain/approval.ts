import { hasRole, type Person, type Role } from './person.ts';

/** What a button asks of a gate. */
export type GateVerb = 'approve' | 'deny' | 'withdraw' | 'confirm';

/** One press of a button, as the bot heard it. The person's role is the one of that moment. */
export type Press = {
  /** Unique per press; a repeated delivery carries the same id. */
  readonly pressId: string;
  readonly verb: GateVerb;
  /** The revision of the card that was pressed; an older one may have shown something else. */
  readonly rev: number;
  readonly by: { readonly name: string; readonly telegramId: number; readonly role: Role };
  readonly at: string;
  /** The message that was pressed: of a card that came twice perhaps the one that nobody knows of. */
  readonly card?: { readonly chat: number; readonly message: number };
  /** The bot's word that it heard this press; checked where it leads to an act. */
  readonly seal: string;
};

/** Whether something that reached the engine has the shape of a press; anybody who reaches it can send anything. */
export function isPress(heard: unknown): heard is Press {
  if (typeof heard !== 'object' || heard === null) return false;
  const { pressId, verb, rev, by, at, seal } = heard as Partial<Record<keyof Press, unknown>>;
  const isByPerson = typeof by === 'object' && by !== null && 'name' in by && 'role' in by && 'telegramId' in by;
  return [pressId, verb, at, seal].every((one) => typeof one === 'string') && typeof rev === 'number' && isByPerson;
}

/** An approval on its way to the act, with everything that its seal vouches for. */
export type Approval = Pick<Press, 'pressId' | 'by' | 'at' | 'seal'>;

/** Where an approval stands. */
export type Gate = {
  readonly requester: string;
  readonly requesterId: number;
  readonly approvalsNeeded: number;
  readonly expiresAt: string;
  /** False while the requester has yet to say that a late request is still wanted: nobody decides before that. */
  readonly isConfirmed: boolean;
  readonly rev: number;
  readonly approvals: readonly Approval[];
  readonly decision: GateDecision | null;
  /** Answers given before, by press id: a press that arrives twice gets its first answer again. */
  readonly answered: Readonly<Record<string, PressOutcome>>;
};

type Decided = { readonly by: string; readonly at: string };

/** How a gate closed. Silence never approves: it is `expired`. */
export type GateDecision =
  | { readonly kind: 'approved'; readonly by: readonly Decided[] }
  | { readonly kind: 'denied' | 'withdrawn'; readonly by: readonly [Decided] }
  | { readonly kind: 'expired' };

/** What a press came to. Everything but `recorded` changed nothing, and is told to the person and recorded all the same. */
export type PressOutcome =
  | { readonly kind: 'recorded'; readonly verb: GateVerb; readonly missing: number }
  /** A look-up that goes no further: nothing was asked of anybody else that could be withdrawn. */
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'already_decided'; readonly decision: GateDecision }
  | { readonly kind: 'own_request' }
  | { readonly kind: 'not_permitted'; readonly needs: Role | 'requester' }
  | { readonly kind: 'second_approver_needed' }
  | { readonly kind: 'stale_card' };

/** A gate that waits for its first press. */
export function openGate(
  request: Pick<Gate, 'requester' | 'requesterId' | 'expiresAt'> & Partial<Pick<Gate, 'isConfirmed'>>,
  approvalsNeeded: number = 1,
): Gate {
  return { isConfirmed: true, ...request, approvalsNeeded, rev: 0, approvals: [], decision: null, answered: {} };
}

/**
 * Applies a press: the one place that decides what it counts for. Pure; the same press twice changes nothing. `now` is
 * the engine's clock, which decides what is late; the press's own time is the bot's.
 */
export function applyPress(
  gate: Gate,
  press: Press,
  now: string,
): { readonly gate: Gate; readonly outcome: PressOutcome } {
  const known = Object.hasOwn(gate.answered, press.pressId) ? gate.answered[press.pressId] : undefined;
  if (known) return { gate, outcome: known };
  const outcome = judge(gate, press, now);
  const answered = { ...gate.answered, [press.pressId]: outcome };
  return { gate: { ...(outcome.kind === 'recorded' ? advance(gate, press, now) : gate), answered }, outcome };
}

function judge(gate: Gate, press: Press, now: string): PressOutcome {
  if (gate.decision) return { kind: 'already_decided', decision: gate.decision };
  if (now > gate.expiresAt) return { kind: 'already_decided', decision: { kind: 'expired' } };
  const isRequester = press.by.name === gate.requester || press.by.telegramId === gate.requesterId;
  if (press.verb === 'withdraw' || press.verb === 'confirm') {
    return isRequester || press.by.role === 'admin'
      ? { kind: 'recorded', verb: press.verb, missing: 0 }
      : { kind: 'not_permitted', needs: 'requester' };
  }
  if (isRequester) return { kind: 'own_request' };
  if (!isResponder(press)) return { kind: 'not_permitted', needs: 'responder' };
  if (press.rev !== gate.rev || !gate.isConfirmed) return { kind: 'stale_card' };
  if (press.verb === 'deny') return { kind: 'recorded', verb: 'deny', missing: 0 };
  if (gate.approvals.some((approval) => approval.by.name === press.by.name)) return { kind: 'second_approver_needed' };
  return { kind: 'recorded', verb: 'approve', missing: gate.approvalsNeeded - gate.approvals.length - 1 };
}

function isResponder(press: Press): boolean {
  const person: Person = { name: press.by.name, role: press.by.role, telegramIds: [press.by.telegramId] };
  return hasRole(person, 'responder');
}

function advance(gate: Gate, press: Press, now: string): Gate {
  const decided: Decided = { by: press.by.name, at: now };
  switch (press.verb) {
    case 'approve': {
      const { pressId, by, seal, at } = press;
      const approvals = [...gate.approvals, { pressId, by, seal, at }];
      const isEnough = approvals.length >= gate.approvalsNeeded;
      const names = approvals.map((approval) => ({ by: approval.by.name, at: now }));
      return { ...gate, approvals, decision: isEnough ? { kind: 'approved', by: names } : null };
    }
    case 'deny':
      return { ...gate, decision: { kind: 'denied', by: [decided] } };
    case 'withdraw':
      return { ...gate, decision: { kind: 'withdrawn', by: [decided] } };
    case 'confirm':
      return { ...gate, isConfirmed: true };
  }
}

/** Closes a gate whose request was ended from outside, by none of the people on its cards. */
export function withdrawGate(gate: Gate, by: string, at: string): Gate {
  return gate.decision ? gate : { ...gate, decision: { kind: 'withdrawn', by: [{ by, at }] } };
}

/** Closes a gate that nobody answered. A gate that is decided stays as it is. */
export function expireGate(gate: Gate): Gate {
  return gate.decision ? gate : { ...gate, decision: { kind: 'expired' } };
}

/**
 * Gives a waiting gate the time back that nobody could press in, and makes presses on older cards count for nothing:
 * a person decides on the card that says so. Milliseconds; what is no length of time gives nothing back.
 */
export function rearmGate(gate: Gate, lostMs: number): Gate {
  if (gate.decision) return gate;
  const givenMs = Number.isFinite(lostMs) ? Math.max(lostMs, 0) : 0;
  const expiresAt = new Date(Date.parse(gate.expiresAt) + givenMs).toISOString();
  return { ...gate, expiresAt, rev: (gate.rev + 1) % 256 };
}
