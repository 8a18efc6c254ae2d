import { ActivityFailure } from '@temporalio/workflow';
import type { Held, LeaseAct, OrderOutcome } from '#domain/containment.ts';
import { defang } from '#domain/defang.ts';
import type { Observable } from '#domain/observable.ts';
import { inTime, msUntil } from './instants.ts';
import type { HeldLease } from './messages.ts';
import { containAt, readBackAt, releaseAt } from './proxies.ts';

/** Holds a target off and reads back whether it is held. */
export async function block(system: string, act: LeaseAct): Promise<OrderOutcome> {
  const { plan, until } = act.order;
  return attempt(async () => {
    const answer = await containAt(system, act, `Block ${defang(plan.target)}`);
    if (!answer.isDone) return refusalOf(act, answer.why);
    const found = await readBackAt(system, plan.target);
    if (found?.leaseId !== act.leaseId) return { outcome: 'drifted', why: 'the system does not list it' };
    if (found.until !== until) return { outcome: 'drifted', why: 'the system lists another end' };
    return { outcome: 'done', until, verifiedAt: inTime(0) };
  });
}

/** Lets a target go and reads back whether it is gone. Where no lease held it, perhaps nothing did. */
export async function unblock(system: string, act: LeaseAct, isHeld: boolean): Promise<OrderOutcome> {
  const { target } = act.order.plan;
  const wasFree = !isHeld && (await tryToRead(system, target)) === null;
  return attempt(async () => {
    const answer = await releaseAt(system, act, `Unblock ${defang(target)}`);
    if (!answer.isDone) return refusalOf(act, answer.why);
    if (await readBackAt(system, target)) return { outcome: 'drifted', why: 'the system still lists it' };
    return { outcome: 'done', until: null, verifiedAt: inTime(0), ...(wasFree ? { wasFree } : {}) };
  });
}

/** Whether a system holds the target under this lease. One that cannot be read may. */
export async function mayHold(system: string, { order, leaseId }: HeldLease): Promise<boolean> {
  const found = await tryToRead(system, order.plan.target);
  return found === undefined || found?.leaseId === leaseId;
}

/** What a system holds of a target; undefined where it cannot be read. */
async function tryToRead(system: string, target: Observable): Promise<Held | null | undefined> {
  try {
    return await readBackAt(system, target);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    return undefined;
  }
}

/** After its window an order is refused by the activity; the card then says so in its own way. */
function refusalOf({ order }: LeaseAct, why: string): OrderOutcome {
  return msUntil(order.notAfter) === 0 ? { outcome: 'too_late' } : { outcome: 'refused', why };
}

/** Ends a lease without being asked, and reads back whether it is gone: another's hold is none of its business. */
export async function lift(system: string, { order, leaseId }: HeldLease, why: string): Promise<OrderOutcome> {
  const { target } = order.plan;
  return attempt(async () => {
    const answer = await releaseAt(system, { order, leaseId }, `Unblock ${defang(target)}: ${why}`);
    if (!answer.isDone) return { outcome: 'refused', why: answer.why };
    const found = await readBackAt(system, target);
    if (found?.leaseId === leaseId) return { outcome: 'drifted', why: 'the system still lists it' };
    return { outcome: 'done', until: null, verifiedAt: inTime(0) };
  });
}

/** An act that could not be carried out in its time is an outcome, not a failed workflow. */
async function attempt(act: () => Promise<OrderOutcome>): Promise<OrderOutcome> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    return { outcome: 'failed', why: error.cause?.message ?? 'no answer in time' };
  }
}
