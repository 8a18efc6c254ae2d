import { applyPress } from '#domain/approval.ts';
import { expireGate, freezeGate, type Gate, rearmGate, type Review } from '#domain/gate.ts';
import { hasRole } from '#domain/person.ts';
import type { Press, PressOutcome } from '#domain/press.ts';

/** What happens to a gate: somebody presses, or something befalls all of it. */
export type GateEvent = { readonly press: Press; readonly now: string } | 'expire' | 'rearm' | 'freeze' | 'thaw';

/** A gate, and what an onlooker has written down of it without knowing how it decides. */
export type Watched = {
  readonly gate: Gate;
  /** The page that each person was last shown, as far as an onlooker can tell. */
  readonly shown: Readonly<Record<string, Review>>;
  /** Every press that was recorded as a decision for what is proposed now. */
  readonly counted: readonly { readonly press: Press; readonly at: string }[];
};

export const watch = (gate: Gate): Watched => ({ gate, shown: {}, counted: [] });

/** Lets an event happen, and throws where a promise of the gate is broken. */
export function happen(watched: Watched, event: GateEvent): Watched {
  const before = watched.gate;
  if (typeof event === 'object') return pressed(watched, event.press, event.now);
  const gate = befall(before, event);
  check(before.decision === null || gate === before, 'what is decided changes no more', event);
  check(gate.decision?.kind !== 'approved' || gate === before, 'nothing but a press approves', event);
  return { ...watched, gate, shown: gate.rev === before.rev ? watched.shown : {} };
}

function befall(gate: Gate, event: 'expire' | 'rearm' | 'freeze' | 'thaw'): Gate {
  if (event === 'expire') return expireGate(gate);
  if (event === 'rearm') return rearmGate(gate, 1_000);
  return freezeGate(gate, event === 'freeze');
}

function pressed(watched: Watched, press: Press, now: string): Watched {
  const before = watched.gate;
  const { gate, outcome } = applyPress(before, press, now);
  const again = applyPress(gate, { ...press, verb: 'approve', arg: press.arg + 1 }, now);
  check(again.gate === gate && again.outcome === outcome, 'a press that comes twice has one answer', press);
  if (Object.hasOwn(before.answered, press.pressId)) {
    check(gate === before, 'a press that comes twice changes nothing', press);
    return watched;
  }
  if (outcome.kind === 'recorded') return recorded(watched, { gate, press, outcome, now });
  const isTurned = outcome.kind === 'turned' || outcome.kind === 'code_needed';
  check(isTurned || gate.reviews === before.reviews, 'a refused press turns no page', press);
  check(isSameButPages(before, gate), 'only a recorded press changes anything but pages', press);
  return {
    ...watched,
    gate,
    shown: isTurned ? { ...watched.shown, [press.by.name]: pageAfter(before, press) } : watched.shown,
  };
}

type Recorded = { readonly gate: Gate; readonly press: Press; readonly outcome: PressOutcome; readonly now: string };

function recorded({ gate: before, shown, counted }: Watched, { gate, press, now }: Recorded): Watched {
  const { verb, by, arg } = press;
  check(before.decision === null && now <= before.expiresAt, 'nothing counts after the end', press);
  const isRequester = by.name === before.requester || by.telegramId === before.requesterId;
  if (verb === 'withdraw' || verb === 'confirm') {
    check(isRequester || by.role === 'admin', 'only the requester and an admin take back', press);
    check((gate.decision?.kind === 'withdrawn') === (verb === 'withdraw'), 'a withdrawal ends it', press);
    return { gate, shown, counted };
  }
  check(before.isConfirmed && press.rev === before.rev, 'only the card of now decides', press);
  check(hasRole(by, before.rule.approve), 'only the permitted decide', press);
  const page = shown[by.name];
  if (verb === 'deny') {
    check(!isRequester && page?.page === 'refuse', 'a deny is somebody else’s, from the page that asks why', press);
    check(gate.decision?.kind === 'denied', 'one deny ends it', press);
    return { gate, shown, counted };
  }
  check(verb === 'approve' || verb === 'emergency', 'nothing else decides', press);
  check(isRequester === (verb === 'emergency'), 'only an emergency is one’s own', press);
  check(
    verb === 'approve' || (before.mayActAlone && press.withCode === true),
    'alone only by the rule, with a code',
    press,
  );
  check(page !== undefined && ['confirm', 'code'].includes(page.page) && page.choice === arg, 'seen before', press);
  check(!before.isFrozen, 'nothing is approved while all is frozen', press);
  check(!before.rule.code || press.withCode === true, 'a code where the rule asks for one', press);
  const isSame = arg === before.choice;
  const now_ = { gate, shown: isSame ? shown : {}, counted: [...(isSame ? counted : []), { press, at: now }] };
  checkApproved(now_, verb === 'emergency');
  return now_;
}

/** Never approved without the required number of distinct people, each of them for exactly what is final. */
function checkApproved({ gate, counted }: Watched, isAlone: boolean): void {
  const { decision, rule, choice, approvals } = gate;
  check(decision === null || decision.kind === 'approved', 'an approval does not deny', decision);
  const people = new Set(counted.map(({ press }) => press.by.name));
  const accounts = new Set(counted.map(({ press }) => press.by.telegramId));
  const isEnough = isAlone || (people.size >= rule.approvals && accounts.size >= rule.approvals);
  check((decision !== null) === isEnough, 'approved when enough have, and not before', approvals);
  check(
    counted.every(({ press }) => press.arg === choice),
    'all approvals are for the final plan',
    approvals,
  );
  const own = counted.map(({ press }) => press.pressId).slice(isAlone ? -1 : 0);
  check(approvals.map(({ pressId }) => pressId).join() === own.join(), 'exactly these approvals count', approvals);
}

function pageAfter({ choice }: Gate, { verb, arg }: Press): Review {
  switch (verb) {
    case 'review':
      return { page: 'confirm', choice };
    case 'change':
      return { page: 'confirm', choice: arg };
    case 'refuse':
      return { page: 'refuse', choice };
    case 'approve':
    case 'emergency':
      return { page: 'code', choice: arg };
    default:
      return { page: 'choose', choice };
  }
}

function isSameButPages(before: Gate, after: Gate): boolean {
  const { reviews: _, answered: __, ...rest } = before;
  return (Object.keys(rest) as (keyof typeof rest)[]).every((key) => before[key] === after[key]);
}

/** Plain: a matcher of the test runner costs too much a million times. */
function check(isKept: boolean, promise: string, what: unknown): void {
  if (!isKept) throw new Error(`${promise}: ${JSON.stringify(what)}`);
}
