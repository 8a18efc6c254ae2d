import { randomUUID } from 'node:crypto';
import { ConnectorError } from '#connectors/errors.ts';
import { type ActAnswer, type LeaseAct, type Order, targetsOf } from '#domain/containment.ts';
import { observableKey, type Observable } from '#domain/observable.ts';
import type { Held, Hold } from '#domain/responder.ts';
import type { Begun, Lease, LeaseAttempt } from '#store/leases.ts';
import type { Desk } from './contain.ts';
import { currentSignal } from './current-signal.ts';
import { pending } from './failure.ts';
import { objectionToAct } from './objection-to-act.ts';
import { isAbout } from './read-hold.ts';

const UNKNOWN: ActAnswer = {
  isDone: false,
  isUnknown: true,
  why: 'the call went out, no answer came, and the system cannot be read',
};
const FOREIGN: ActAnswer = { isDone: true, isForeign: true };

/** A superseded attempt that is still waited for looks again after this long. */
const LOOK_AGAIN_MS = 1_000;

/**
 * Holds a target off, at most once however often it is tried. The system is read before anything is written down: what
 * was there before this lease began is not SocBot's. Then the wish is written down, and the system is asked only where it
 * does not hold it yet. Just before the call the attempt makes sure that no later one has taken its place: a worker that
 * was asleep must not act on what was let go meanwhile.
 */
export async function holdOnce(act: LeaseAct, desk: Desk): Promise<ActAnswer> {
  const { order, leaseId, target } = act;
  const { profile, responder, deps } = desk;
  const { leases } = deps;
  if (profile.isDryRun) return { isDone: true, isRehearsal: true };
  const hold: Hold = { target, leaseId, until: order.until ?? '', by: order.requester, digest: order.digest };
  const place = { system: profile.id, target: observableKey(target) };
  const first = profile.isBlind ? null : await responder.readBack(target, currentSignal());
  if (first && isElse(first, null, hold, desk) && (await leases.get(place)) === null) return FOREIGN;
  const attempt: LeaseAttempt = {
    ...place,
    leaseId,
    until: hold.until,
    by: hold.by,
    digest: hold.digest,
    attempt: randomUUID(),
    now: deps.now(),
    place: placeOf(order, target),
  };
  const begun = await begin(attempt, target, desk);
  if (begun.kind !== 'go') return { isDone: false, why: whyNot(begun) };
  const { was } = begun;
  if (profile.isBlind && was?.state === 'beginning') return UNKNOWN;
  const found = was && !profile.isBlind ? await responder.readBack(target, currentSignal()) : first;
  if (found && isElse(found, was, hold, desk)) {
    await leases.forget(attempt, null);
    return FOREIGN;
  }
  const known = profile.isBlind ? was : found;
  const isHeld = known !== null && isAbout(known.until, hold.until);
  if (!isHeld) return ask(hold, { attempt, was }, desk, act);
  await leases.settle(attempt);
  return { isDone: true };
}

/**
 * Begins; in place of another lease where the system holds nothing any more: somebody took its entry out, and what the
 * index alone claims is not held.
 */
async function begin(attempt: LeaseAttempt, target: Observable, { profile, responder, deps }: Desk): Promise<Begun> {
  const { leases } = deps;
  const begun = await leases.begin(attempt);
  if (begun.kind !== 'held_by' || begun.lease.state !== 'held' || profile.isBlind) return begun;
  // Read anew: the other lease may have acted since.
  if ((await responder.readBack(target, currentSignal())) !== null) return begun;
  await leases.end({ ...begun.lease, now: attempt.now });
  return leases.begin(attempt);
}

/** Makes the one call. What surely came to nothing leaves no doubt behind. */
async function ask(
  hold: Hold,
  { attempt, was }: { readonly attempt: LeaseAttempt; readonly was: Lease | null },
  { responder, deps, profile }: Desk,
  act: LeaseAct,
): Promise<ActAnswer> {
  const { leases } = deps;
  // Reading back takes time: a freeze, a no or a changed list of people since then still counts.
  const objection = await objectionToAct('contain', act, profile.id, deps);
  if (objection !== null) {
    await leases.forget(attempt, was);
    return { isDone: false, why: objection };
  }
  if (!(await leases.mayAct(attempt)))
    throw pending(`${profile.id}.superseded`, 'a later attempt took its place', LOOK_AGAIN_MS);
  try {
    const answer = await responder.contain(hold, currentSignal());
    if (answer.isDone) await leases.settle(attempt);
    else await leases.forget(attempt, was);
    return answer;
  } catch (error) {
    if (error instanceof ConnectorError && error.isUndone) await leases.forget(attempt, was);
    throw error;
  }
}

/** Whether an entry is not of this lease. A list that does not tell holds what the lease began, or else somebody else's. */
function isElse(found: Held, was: Lease | null, { leaseId }: Hold, { profile }: Desk): boolean {
  return profile.isPlainList ? was === null : found.leaseId !== leaseId;
}

function whyNot(begun: Exclude<Begun, { kind: 'go' }>): string {
  return begun.kind === 'ended' ? 'this was refused or let go before' : `another request of ${begun.lease.by} holds it`;
}

/**
 * Ends the lease of a request that was refused, where it holds nothing: no attempt of it that wakes up late can act, and
 * the target is free for others. What it may hold, its workflow takes back.
 */
export async function giveUp({ order, leaseId, target }: LeaseAct, { profile, responder, deps }: Desk): Promise<void> {
  if (leaseId !== order.requestId) return;
  const place = { system: profile.id, target: observableKey(target) };
  const lease = await deps.leases.get(place);
  if (lease?.leaseId === leaseId && (lease.state === 'held' || (await mayHold()))) return;
  await deps.leases.end({ ...place, leaseId, now: deps.now() });

  async function mayHold(): Promise<boolean> {
    if (profile.isBlind) return true;
    try {
      const found = await responder.readBack(target, currentSignal());
      return found !== null && (profile.isPlainList || found.leaseId === leaseId);
    } catch {
      return true;
    }
  }
}

/** Which target of its request it is. */
function placeOf({ plan }: Order, target: Observable): number {
  return targetsOf(plan).findIndex((one) => observableKey(one) === observableKey(target));
}
