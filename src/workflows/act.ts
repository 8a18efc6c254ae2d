import { ActivityFailure } from '@temporalio/workflow';
import type { LeaseAct, OrderOutcome, Step } from '#domain/containment.ts';
import { defang } from '#domain/defang.ts';
import type { Held } from '#domain/responder.ts';
import { inTime, msUntil } from './instants.ts';
import type { HeldLease } from './messages.ts';
import { containAt, readBackAt, releaseAt } from './proxies.ts';

/** Holds a target off and reads back whether it is held. */
export async function hold({ system }: Step, act: LeaseAct): Promise<OrderOutcome> {
  const { plan, until } = act.order;
  return attempt(async () => {
    const answer = await containAt(system, act, `${VERBS[plan.action]} ${defang(act.target)}`);
    if (!answer.isDone) return refusalOf(act, answer);
    if ('isRehearsal' in answer) return { outcome: 'rehearsed' };
    const found = await readBackAt(system, act.target);
    if ('isForeign' in answer)
      return { outcome: 'done', until: found?.until ?? null, verifiedAt: inTime(0), isForeign: true };
    if (found?.leaseId !== act.leaseId) return { outcome: 'drifted', why: 'the system does not list it' };
    if (found.until !== until) return { outcome: 'drifted', why: 'the system lists another end' };
    return { outcome: 'done', until, verifiedAt: inTime(0) };
  });
}

/** Lets a target go, whoever held it, and reads back whether it is gone. */
export async function letGo({ system }: Step, act: LeaseAct): Promise<OrderOutcome> {
  const { plan } = act.order;
  const before = await tryToRead({ system, target: act.target });
  return attempt(async () => {
    const answer = await releaseAt(system, act, `${VERBS[plan.action]} ${defang(act.target)}`);
    if (!answer.isDone) return refusalOf(act, answer);
    if ('isRehearsal' in answer) return { outcome: 'rehearsed' };
    if (await readBackAt(system, act.target)) return { outcome: 'drifted', why: 'the system still lists it' };
    return { outcome: 'done', until: null, verifiedAt: inTime(0), ...(before === null ? { wasFree: true } : {}) };
  });
}

/** Lets go what a lease holds and nothing else: its time is up, or nobody knows whether it ever began. */
export async function takeBack({ system, target }: Step, held: HeldLease, why: string): Promise<OrderOutcome> {
  const { order, leaseId } = held;
  const act: LeaseAct = { order, leaseId, target };
  return attempt(async () => {
    const answer = await releaseAt(system, act, `Let go ${defang(target)}: ${why}`);
    // A system may say no because of what others hold there; what counts is whether ours is gone.
    const found = await readBackAt(system, target);
    if (found?.leaseId === leaseId) {
      return answer.isDone ? { outcome: 'drifted', why: 'the system still lists it' } : refusalOf(act, answer);
    }
    return { outcome: 'done', until: null, verifiedAt: inTime(0) };
  });
}

/** Whether a system holds the target under this lease. One that cannot be read may. */
export async function mayHold(step: Step, { leaseId }: HeldLease): Promise<boolean> {
  const found = await tryToRead(step);
  return found === undefined || found?.leaseId === leaseId;
}

const VERBS = { block: 'Block', unblock: 'Unblock', allow: 'Allow', isolate: 'Isolate', release: 'Release' } as const;

/** What a system holds of a target; undefined where it cannot be read. */
async function tryToRead({ system, target }: Step): Promise<Held | null | undefined> {
  try {
    return await readBackAt(system, target);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    return undefined;
  }
}

/** After its window an order is refused by the activity; the card then says so in its own way. */
function refusalOf({ order }: LeaseAct, answer: { readonly why: string; readonly isUnknown?: true }): OrderOutcome {
  if (answer.isUnknown) return { outcome: 'unknown', why: answer.why };
  return msUntil(order.notAfter) === 0 ? { outcome: 'too_late' } : { outcome: 'refused', why: answer.why };
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
