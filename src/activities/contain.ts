import { randomUUID } from 'node:crypto';
import { type ActAnswer, type LeaseAct, type Order, targetsOf, verbOf } from '#domain/containment.ts';
import { observableKey, type Observable } from '#domain/observable.ts';
import type { Hold, Responder, ResponderProfile } from '#domain/responder.ts';
import type { Log } from '#src/log.ts';
import type { Lease } from '#store/leases.ts';
import { actRecordOf, failedActRecordOf, readBackRecordOf } from './act-record.ts';
import { currentSignal } from './current-signal.ts';
import { toFailure } from './failure.ts';
import { objectionToAct, type ActChecks } from './objection-to-act.ts';
import { isAbout, readHold } from './read-hold.ts';

/** A system that enforces, and what is known of it without asking it. */
export type RunningResponder = { readonly profile: ResponderProfile; readonly responder: Responder };

export type ContainDeps = ActChecks & { readonly log: Log };

/** The activities of one system that enforces, named `<system>.<verb>`. */
export function createContainActivities({ profile, responder }: RunningResponder, deps: ContainDeps) {
  const system = profile.id;
  const desk: Desk = { profile, responder, deps };
  const act = (verb: 'contain' | 'release') => async (lease: LeaseAct) =>
    translated(async () => {
      const objection = await objectionToAct(verb, lease, system, deps);
      const answer: ActAnswer = objection ? { isDone: false, why: objection } : await recorded(verb, lease, desk);
      await deps.audit.append([actRecordOf(system, { verb, lease, answer, at: deps.now() })]);
      const { requestId: request, plan } = lease.order;
      const facts = { request, lease: lease.leaseId, system, action: plan.action, ...answer };
      deps.log[objection ? 'warn' : 'info'](facts, verb);
      return answer;
    });
  return {
    [`${system}.contain`]: act('contain'),
    [`${system}.release`]: act('release'),
    [`${system}.readBack`]: async (target: Observable) =>
      translated(async () => {
        const held = await readHold({ profile, responder }, target, deps.leases);
        await deps.audit.append([readBackRecordOf(system, { target, held, at: deps.now() })]);
        return held;
      }),
  };
}

/** Carries an act out; one that ends without an answer is on record too, since it may have had an effect. */
async function recorded(verb: 'contain' | 'release', lease: LeaseAct, desk: Desk): Promise<ActAnswer> {
  const { audit, now } = desk.deps;
  try {
    return await carryOut[verb](lease, desk);
  } catch (error) {
    const why = error instanceof Error ? error.message : 'no reason given';
    await audit.append([failedActRecordOf(desk.profile.id, { verb, lease, why, at: now() })]);
    throw error;
  }
}

type Desk = RunningResponder & { readonly deps: ContainDeps };

const carryOut = { contain, release };

const UNKNOWN: ActAnswer = {
  isDone: false,
  isUnknown: true,
  why: 'the call went out, no answer came, and the system cannot be read',
};

/**
 * Holds a target off, at most once however often it is tried: what the lease wants is written down first, then the system
 * is read, and it is asked only where it does not hold it yet. Just before the call the attempt makes sure that no later
 * one has taken its place: a worker that was asleep must not act on what was let go meanwhile.
 */
async function contain({ order, leaseId, target }: LeaseAct, desk: Desk): Promise<ActAnswer> {
  const { profile, responder, deps } = desk;
  if (profile.isDryRun) return { isDone: true, isRehearsal: true };
  const place = { system: profile.id, target: observableKey(target), leaseId };
  const attempt = randomUUID();
  const hold: Hold = { target, leaseId, until: order.until ?? '', by: order.requester, digest: order.digest };
  const began = { ...place, until: hold.until, by: hold.by, digest: hold.digest, attempt, now: deps.now() };
  const begun = await deps.leases.begin({ ...began, place: placeOf(order, target) });
  if (begun.kind === 'ended') return { isDone: false, why: 'this was let go already' };
  if (begun.kind === 'held_by') return { isDone: false, why: `another request of ${begun.lease.by} holds it` };
  const known = await readBefore(hold, begun.was, desk);
  if (known === 'unknown') return UNKNOWN;
  if (known === 'foreign') {
    await deps.leases.forget(place);
    return { isDone: true, isForeign: true };
  }
  if (known === 'held') await deps.leases.settle(place);
  if (known === 'held') return { isDone: true };
  if (!(await deps.leases.mayAct({ ...place, attempt })))
    return { isDone: false, why: 'a later attempt took its place' };
  const answer = await responder.contain(hold, currentSignal());
  if (answer.isDone) await deps.leases.settle(place);
  else if (begun.was === null) await deps.leases.forget(place);
  return answer;
}

/** What the system holds before it is asked: nothing or less than is wanted (`ask`), all of it, or what is not ours. */
async function readBefore(
  { target, leaseId, until }: Hold,
  was: Lease | null,
  { profile, responder }: Desk,
): Promise<'ask' | 'held' | 'foreign' | 'unknown'> {
  if (profile.isBlind) return was?.state === 'beginning' ? 'unknown' : 'ask';
  const found = await responder.readBack(target, currentSignal());
  if (found === null) return 'ask';
  if (profile.isPlainList) return was === null ? 'foreign' : 'held';
  if (found.leaseId !== leaseId) return 'foreign';
  return isAbout(found.until, until) ? 'held' : 'ask';
}

/**
 * Lets a target go: by an approved order whatever holds it, else what the lease holds and nothing more. The lease is over
 * before the system is asked, so that no attempt to hold that comes late can undo it.
 */
async function release({ order, leaseId, target }: LeaseAct, { profile, responder, deps }: Desk): Promise<ActAnswer> {
  const isByOrder = verbOf(order.plan.action, profile.id) === 'release';
  const place = { system: profile.id, target: observableKey(target) };
  // What was held before the dry run began is let go for real: it is owed.
  if (profile.isDryRun && !(await deps.leases.get(place))) return { isDone: true, isRehearsal: true };
  await deps.leases.end({ ...place, leaseId: isByOrder ? null : leaseId, now: deps.now() });
  return responder.release({ target, leaseId: isByOrder ? null : leaseId }, currentSignal());
}

/** Which target of its request it is. */
function placeOf({ plan }: Order, target: Observable): number {
  return targetsOf(plan).findIndex((one) => observableKey(one) === observableKey(target));
}

async function translated<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw toFailure(error);
  }
}
