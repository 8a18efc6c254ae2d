import {
  approverNames,
  type ContainmentAnswer,
  digestOf,
  type LeaseAct,
  type Order,
  type Responder,
} from '#domain/containment.ts';
import { type BlockingGuard, objectionToBlocking } from '#domain/guard.ts';
import { objectionToExposure } from '#domain/marking.ts';
import type { Observable } from '#domain/observable.ts';
import { hasRole } from '#domain/person.ts';
import { isSealed } from '#domain/press-seal.ts';
import type { Store } from '#store/open-store.ts';
import { toFailure } from './failure.ts';

export type ContainDeps = {
  readonly audit: Store['audit'];
  readonly guard: BlockingGuard;
  /** The keys that seal presses. */
  readonly keys: readonly Uint8Array[];
  /** The present, ISO 8601. */
  readonly now: () => string;
};

/** The activities of one system that enforces, named `<system>.<verb>`. */
export function createContainActivities(system: string, responder: Responder, deps: ContainDeps) {
  const act = (verb: 'contain' | 'release') => async (lease: LeaseAct) => {
    try {
      const objection = objectionTo(verb, lease, { ...deps, system });
      const answer: ContainmentAnswer = objection ? { isDone: false, why: objection } : await responder[verb](lease);
      await deps.audit.append([recordOf(system, { verb, lease, answer, at: deps.now() })]);
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
  { order }: LeaseAct,
  { guard, now, system, keys }: ContainDeps & { system: string },
): string | null {
  const { plan } = order;
  if (verb === 'release' && plan.action === 'block') return null;
  if (digestOf(plan) !== order.digest) return 'this is not what was approved: the digest differs';
  if (!plan.systems.includes(system)) return 'this is not what was approved: another system';
  if ((plan.action === 'block') !== (verb === 'contain')) return 'this is not what was approved: another act';
  if (!isApprovedByOthers(order, keys)) return 'nobody else has approved it';
  if (now() > order.notAfter) return 'approved too long ago: ask again if it is still wanted';
  if (verb === 'release') return null;
  const objection = objectionToBlocking(plan.target, guard);
  return objection ?? objectionToExposure(plan.markings, 'containment');
}

/** Whether everybody who approved is somebody else, may do so, and pressed for exactly this order: the seal says so. */
function isApprovedByOthers({ requestId, digest, requester, approvals }: Order, keys: readonly Uint8Array[]): boolean {
  const counts = approvals.map(({ pressId, by, seal }) => {
    const isVouchedFor = isSealed({ requestId, digest, verb: 'approve', pressId, by }, seal, keys);
    return isVouchedFor && by.name !== requester && hasRole({ ...by, telegramIds: [by.telegramId] }, 'responder');
  });
  return counts.length > 0 && counts.every(Boolean);
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
