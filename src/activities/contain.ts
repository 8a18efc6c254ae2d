import {
  approverNames,
  type ContainmentAnswer,
  digestOf,
  type Held,
  type LeaseAct,
  type Order,
  planHashOf,
  type Responder,
} from '#domain/containment.ts';
import { type BlockingGuard, objectionToBlocking } from '#domain/guard.ts';
import { objectionToExposure } from '#domain/marking.ts';
import type { Observable } from '#domain/observable.ts';
import { hasRole } from '#domain/person.ts';
import { isSealed } from '#domain/press-seal.ts';
import type { Log } from '#src/log.ts';
import type { Store } from '#store/open-store.ts';
import { toFailure } from './failure.ts';
import { objectionOnRecord } from './objection-on-record.ts';

export type ContainDeps = {
  readonly audit: Store['audit'];
  readonly guard: BlockingGuard;
  /** The keys that seal presses. */
  readonly keys: readonly Uint8Array[];
  /** How long after a press an act may still run, in milliseconds. */
  readonly executionWindowMs: number;
  /** The present, ISO 8601. */
  readonly now: () => string;
  readonly log: Log;
};

/** How far the clocks of bot and workers may be apart. */
const CLOCK_SLACK_MS = 120_000;

/** The activities of one system that enforces, named `<system>.<verb>`. */
export function createContainActivities(system: string, responder: Responder, deps: ContainDeps) {
  const act = (verb: 'contain' | 'release') => async (lease: LeaseAct) => {
    try {
      // Letting go asks nothing first: a system that cannot be read must not keep what it is owed to give back.
      const held = verb === 'contain' ? await responder.readBack(lease.order.plan.target) : null;
      const isOwed = verb === 'release' && lease.order.plan.action === 'block';
      const objection =
        objectionTo(verb, lease, { ...deps, system, held }) ??
        (isOwed ? null : await objectionOnRecord(lease.order, deps.audit));
      const answer: ContainmentAnswer = objection ? { isDone: false, why: objection } : await responder[verb](lease);
      await deps.audit.append([recordOf(system, { verb, lease, answer, at: deps.now() })]);
      const { requestId: request, plan } = lease.order;
      deps.log[objection ? 'warn' : 'info'](
        { request, lease: lease.leaseId, system, action: plan.action, ...answer },
        verb,
      );
      return answer;
    } catch (error) {
      throw toFailure(error);
    }
  };
  return {
    [`${system}.contain`]: act('contain'),
    [`${system}.release`]: act('release'),
    [`${system}.readBack`]: async (target: Observable) => {
      try {
        return await responder.readBack(target);
      } catch (error) {
        throw toFailure(error);
      }
    },
  };
}

/**
 * The last check before the act, beside the act: whatever the chat, the workflow or an old build let through ends here.
 * A lease that ends its own block needs no leave: letting go is owed, also when digests are made in another way by then.
 */
function objectionTo(
  verb: 'contain' | 'release',
  { order, leaseId }: LeaseAct,
  { guard, now, system, keys, held, executionWindowMs }: ContainDeps & { system: string; held: Held | null },
): string | null {
  const { plan } = order;
  if (verb === 'release' && plan.action === 'block') return null;
  if (digestOf(plan) !== order.digest) return 'this is not what was approved: the digest differs';
  if (!plan.systems.includes(system)) return 'this is not what was approved: another system';
  if ((plan.action === 'block') !== (verb === 'contain')) return 'this is not what was approved: another act';
  const doubt = objectionToApprovals(order, keys);
  if (doubt !== null) return doubt;
  const approvedAt = Math.min(...order.approvals.map(({ at }) => Date.parse(at)));
  const isLate = now() > order.notAfter || Date.parse(now()) > approvedAt + executionWindowMs;
  if (isLate) return 'approved too long ago: ask again if it is still wanted';
  if (verb === 'release') return null;
  const isHolder = held?.leaseId === leaseId;
  if (leaseId !== order.requestId && !isHolder) return 'this is not what was approved: another lease';
  const untilMs = Date.parse(order.until ?? '');
  if (!Number.isFinite(untilMs)) return 'this is not what was approved: no end';
  if (untilMs <= Date.parse(now())) return 'its time was up before it could begin';
  const longest = approvedAt + (plan.durationMs ?? 0) + CLOCK_SLACK_MS;
  const isLonger = untilMs > longest && !(isHolder && held.until === order.until);
  if (isLonger) return 'this is not what was approved: a later end';
  const objection = objectionToBlocking(plan.target, guard);
  return objection ?? objectionToExposure(plan.markings, 'containment');
}

/** Everybody who approved is somebody else, may do so, and pressed for exactly this order: the seal says so. */
function objectionToApprovals(
  { requestId, plan, requester, requesterId, approvals }: Order,
  keys: readonly Uint8Array[],
): string | null {
  const planHash = planHashOf(plan);
  const isVouchedFor = approvals.every(({ pressId, by, at, seal }) =>
    isSealed({ requestId, requester, requesterId, planHash, at, verb: 'approve', pressId, by }, seal, keys),
  );
  // Most often it is a setting, and whoever runs SocBot has to find it from these words.
  if (!isVouchedFor) return 'its approval bears no seal that fits: bot and workers need one SOCBOT_KEY';
  const isByOthers = approvals.every(({ by }) => {
    const isAnother = by.name !== requester && by.telegramId !== requesterId;
    return isAnother && hasRole({ ...by, telegramIds: [by.telegramId] }, 'responder');
  });
  return approvals.length > 0 && isByOthers ? null : 'nobody else has approved it';
}

function recordOf(
  system: string,
  { verb, lease, answer, at }: { verb: string; lease: LeaseAct; answer: ContainmentAnswer; at: string },
) {
  const { order, leaseId } = lease;
  return {
    at,
    who: order.requester,
    telegramId: null,
    chat: null,
    request: order.requestId,
    action: `${system}.${verb}`,
    target: order.plan.target.value,
    digest: order.digest,
    outcome: answer.isDone ? 'done' : 'refused',
    detail: answer.isDone ? `approved by ${approverNames(order)}; lease ${leaseId}` : answer.why,
    key: `${order.requestId}/${leaseId}/${system}.${verb}/${order.until ?? ''}/${answer.isDone ? 'done' : 'refused'}`,
  };
}
