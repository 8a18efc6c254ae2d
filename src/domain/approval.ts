import { type Gate, nextRev, type Review } from './gate.ts';
import { hasRole } from './person.ts';
import { changedPlan } from './plan-change.ts';
import { type Approval, DENY_REASONS, type Press, type PressOutcome } from './press.ts';

/** A press and what it does, should it be allowed. */
type Judgement = { readonly outcome: PressOutcome; readonly gate?: Gate };

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
  const { outcome, gate: next = gate } = judge(gate, press, now);
  return { gate: { ...next, answered: { ...gate.answered, [press.pressId]: outcome } }, outcome };
}

function judge(gate: Gate, press: Press, now: string): Judgement {
  if (gate.decision) return { outcome: { kind: 'already_decided', decision: gate.decision } };
  if (now > gate.expiresAt) return { outcome: { kind: 'already_decided', decision: { kind: 'expired' } } };
  const isRequester = press.by.name === gate.requester || press.by.telegramId === gate.requesterId;
  if (press.verb === 'withdraw' || press.verb === 'confirm') return judgeRequester(gate, press, now, isRequester);
  if (isRequester ? !gate.mayActAlone : press.verb === 'emergency') return { outcome: { kind: 'own_request' } };
  if (isRequester && !['review', 'back', 'emergency'].includes(press.verb)) return { outcome: { kind: 'own_request' } };
  const needs = gate.rule.approve;
  if (!hasRole(press.by, needs)) return { outcome: { kind: 'not_permitted', needs } };
  if (press.rev !== gate.rev || !gate.isConfirmed) return { outcome: { kind: 'stale_card' } };
  return press.verb === 'approve' || press.verb === 'emergency' || press.verb === 'deny'
    ? judgeDecision(gate, press, now)
    : turnPage(gate, press);
}

/** The requester takes it back, or says that it is still wanted; an admin may do so for everybody. */
function judgeRequester(gate: Gate, press: Press, now: string, isRequester: boolean): Judgement {
  if (!isRequester && press.by.role !== 'admin') return { outcome: { kind: 'not_permitted', needs: 'requester' } };
  const outcome = { kind: 'recorded', verb: press.verb, missing: 0 } as const;
  if (press.verb === 'confirm') return { outcome, gate: { ...gate, isConfirmed: true } };
  return { outcome, gate: { ...gate, decision: { kind: 'withdrawn', by: [{ by: press.by.name, at: now }] } } };
}

/** Turning pages decides nothing: each person sees their own. */
function turnPage(gate: Gate, { verb, arg, by }: Press): Judgement {
  const { [by.name]: _, ...others } = gate.reviews;
  const show = (review: Review): Judgement => ({
    outcome: { kind: 'turned' },
    gate: { ...gate, reviews: { ...others, [by.name]: review } },
  });
  switch (verb) {
    case 'review':
      return show({ page: 'confirm', choice: gate.choice });
    case 'choose':
      return show({ page: 'choose', choice: gate.choice });
    case 'refuse':
      return show({ page: 'refuse', choice: gate.choice });
    case 'change':
      return changedPlan(gate.asked, arg)
        ? show({ page: 'confirm', choice: arg })
        : { outcome: { kind: 'stale_card' } };
    default:
      return { outcome: { kind: 'turned' }, gate: { ...gate, reviews: others } };
  }
}

/** A decision counts for what the presser's own card showed last, and for nothing else. */
function judgeDecision(gate: Gate, press: Press, now: string): Judgement {
  const { name } = press.by;
  const review = Object.hasOwn(gate.reviews, name) ? gate.reviews[name] : undefined;
  if (press.verb === 'deny') {
    if (review?.page !== 'refuse') return { outcome: { kind: 'stale_card' } };
    const decision = { kind: 'denied', by: [{ by: name, at: now }], why: DENY_REASONS[press.arg] ?? '' } as const;
    return { outcome: { kind: 'recorded', verb: 'deny', missing: 0 }, gate: { ...gate, decision } };
  }
  const isShown = review !== undefined && ['confirm', 'code'].includes(review.page) && review.choice === press.arg;
  if (!isShown) return { outcome: { kind: 'stale_card' } };
  if (gate.isFrozen) return { outcome: { kind: 'frozen' } };
  const isSame = press.arg === gate.choice;
  const isBySame = ({ by }: Approval): boolean => by.name === name || by.telegramId === press.by.telegramId;
  if (isSame && gate.approvals.some(isBySame)) return { outcome: { kind: 'second_approver_needed' } };
  const needsCode = gate.rule.code || press.verb === 'emergency';
  if (needsCode && press.withCode !== true) {
    const reviews = { ...gate.reviews, [name]: { page: 'code', choice: press.arg } as const };
    return { outcome: { kind: 'code_needed' }, gate: { ...gate, reviews } };
  }
  return approve(gate, press, now);
}

/**
 * Counts an approval. Whoever approves a narrower scope proposes it: what others approved was something else, and counts
 * no more (as in Teleport's RFD 0026: a review counts only for the exact state it proposed).
 */
function approve(gate: Gate, press: Press, now: string): Judgement {
  const { pressId, by, seal, at, withCode, arg, verb } = press;
  const isSame = arg === gate.choice;
  const approval = { pressId, by, seal, at, ...(withCode ? { withCode } : {}) };
  // Alone means alone: the act is judged by the one approval that makes it an emergency.
  const approvals = [...(isSame && verb !== 'emergency' ? gate.approvals : []), approval];
  const missing = verb === 'emergency' ? 0 : Math.max(gate.rule.approvals - approvals.length, 0);
  const decided = approvals.map((one) => ({ by: one.by.name, at: now }));
  const alone = verb === 'emergency' ? ({ isAlone: true } as const) : {};
  const { [by.name]: _, ...others } = gate.reviews;
  return {
    outcome: { kind: 'recorded', verb, missing },
    gate: {
      ...gate,
      choice: arg,
      approvals,
      reviews: isSame ? others : {},
      rev: isSame ? gate.rev : nextRev(gate),
      decision: missing === 0 ? { kind: 'approved', by: decided, ...alone } : null,
    },
  };
}
