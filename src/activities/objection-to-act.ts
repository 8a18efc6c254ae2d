import {
  digestOf,
  isRestriction,
  type LeaseAct,
  type Order,
  planHashOf,
  stepKey,
  targetsOf,
  verbOf,
} from '#domain/containment.ts';
import { coveredBy } from '#domain/covers.ts';
import { objectionToAllowance } from '#domain/guard/allowance.ts';
import type { GuardFinding } from '#domain/guard/guard.ts';
import { objectionToExposure } from '#domain/marking.ts';
import { type Observable, observableKey } from '#domain/observable.ts';
import type { Person } from '#domain/person.ts';
import type { Limits, Rule, Rules } from '#domain/policy.ts';
import { isSealed } from '#domain/press-seal.ts';
import type { Approval } from '#domain/press.ts';
import { stakesOf } from '#domain/stakes.ts';
import { readAllowed } from '#store/allowed.ts';
import { readFreeze } from '#store/freeze.ts';
import { readOnCall } from '#store/on-call.ts';
import type { Store } from '#store/open-store.ts';
import { readRecent } from '#store/recent-holds.ts';
import { objectionOnRecord } from './objection-on-record.ts';
import { objectionToApprovals } from './objection-to-approvals.ts';

export type ActChecks = {
  readonly audit: Store['audit'];
  readonly leases: Store['leases'];
  readonly marks: Store['marks'];
  /** Everything that speaks against holding a target off. */
  readonly judge: (target: Observable) => readonly GuardFinding[];
  readonly rules: Rules;
  readonly limits: Limits;
  /** Everybody SocBot listens to at this moment. */
  readonly people: () => Promise<readonly Person[]>;
  /** The keys that seal presses. */
  readonly keys: readonly Uint8Array[];
  /** The present, ISO 8601. */
  readonly now: () => string;
};

/** How far the clocks of bot and workers may be apart. */
const CLOCK_SLACK_MS = 120_000;

/**
 * The last check before the act, beside the act: whatever the chat, the workflow or an old build let through ends here.
 * A lease that ends its own hold needs no leave: letting go is owed, also when digests are made in another way by then.
 */
export async function objectionToAct(
  verb: 'contain' | 'release',
  act: LeaseAct,
  system: string,
  checks: ActChecks,
): Promise<string | null> {
  const { order, target } = act;
  const isByOrder = verbOf(order.plan.action, system) === verb;
  // Without a lease that owes it, it would take away what somebody else put there.
  if (verb === 'release' && !isByOrder) return act.leaseId ? null : 'no lease owes this';
  if (digestOf(order.plan) !== order.digest) return 'this is not what was approved: the digest differs';
  if (!isByOrder) return 'this is not what was approved: another act';
  const key = stepKey({ system, target });
  if (!order.plan.steps.some((step) => stepKey(step) === key)) return 'this is not what was approved: another step';
  if (order.approvals.length === 0) return 'nobody else has approved it';
  if (!areSealed(order, checks.keys)) return NO_SEAL;
  const { rule } = await stakesNow(order, checks);
  const people = await checks.people();
  const onCall = (await readOnCall(checks.marks))?.name ?? null;
  return (
    objectionToApprovals(order, rule, { people, onCall }) ??
    objectionToTime(verb, order, { rule, now: checks.now() }) ??
    (verb === 'contain' ? await objectionToHolding(act, system, checks) : null) ??
    objectionOnRecord(order, checks.audit)
  );
}

/** Most often it is a setting, and whoever runs SocBot has to find it from these words. */
const NO_SEAL = 'its approval bears no seal that fits: bot and workers need one SOCBOT_KEY';

const NO_END = 'this is not what was approved: no end';

/** Whether anybody approved, and the bot heard every one of these presses, for exactly this plan of this request. */
export function areSealed(order: Order, keys: readonly Uint8Array[]): boolean {
  const { requestId, requester, requesterId, plan, approvals } = order;
  const planHash = planHashOf(plan);
  const isHeard = ({ pressId, by, at, seal, withCode }: Approval) => {
    const facts = { requestId, requester, requesterId, planHash, at, pressId, by, withCode: withCode === true };
    return ['approve', 'emergency'].some((verb) => isSealed({ ...facts, verb }, seal, keys));
  };
  return approvals.length > 0 && approvals.every(isHeard);
}

/** How much is at stake now, which may be more than when it was asked. */
async function stakesNow({ plan, requester, requestId }: Order, { judge, rules, limits, leases, now }: ActChecks) {
  const findings = isRestriction(plan.action) ? targetsOf(plan).flatMap((target) => judge(target)) : [];
  const recent = await readRecent({ requester, but: requestId, now: now() }, leases);
  return stakesOf(plan, { findings, recent }, { rules, limits });
}

function objectionToTime(
  verb: 'contain' | 'release',
  { plan, approvals, until, notAfter }: Order,
  { rule, now }: { readonly rule: Rule; readonly now: string },
): string | null {
  const approvedAt = Math.max(...approvals.map(({ at }) => Date.parse(at)));
  const begunAt = Math.min(...approvals.map(({ at }) => Date.parse(at)));
  const nowMs = Date.parse(now);
  const isLate =
    now > notAfter || nowMs > approvedAt + rule.windowMs || approvedAt - begunAt > rule.lifeMs + CLOCK_SLACK_MS;
  if (isLate) return 'approved too long ago: ask again if it is still wanted';
  if (plan.durationMs === null) return verb === 'release' ? null : NO_END;
  if (plan.durationMs > rule.longestMs) return 'this is longer than the policy allows';
  const untilMs = Date.parse(until ?? '');
  if (!Number.isFinite(untilMs)) return NO_END;
  return untilMs <= nowMs ? 'its time was up before it could begin' : null;
}

async function objectionToHolding(
  { order, leaseId, target }: LeaseAct,
  system: string,
  { leases, marks, judge }: ActChecks,
): Promise<string | null> {
  const { plan, until, approvals, requestId } = order;
  const lease = await leases.get({ system, target: observableKey(target) });
  const isHolder = lease?.leaseId === leaseId;
  if (leaseId !== requestId && !isHolder) return 'this is not what was approved: another lease';
  const latest = Math.max(...approvals.map(({ at }) => Date.parse(at))) + (plan.durationMs ?? 0) + CLOCK_SLACK_MS;
  const isLonger = Date.parse(until ?? '') > latest && !(isHolder && lease.until === until);
  if (isLonger) return 'this is not what was approved: a later end';
  if (!isRestriction(plan.action)) return plan.action === 'allow' ? objectionToAllowance(target) : null;
  const frozen = await readFreeze(marks);
  if (frozen) return `everything is frozen by ${frozen.by}`;
  const never = judge(target).find(({ tier }) => tier === 'never');
  if (never) return never.why;
  const allowed = coveredBy(target, await readAllowed(leases));
  return allowed ? 'it is on the allow list' : objectionToExposure(plan.markings, 'containment');
}
