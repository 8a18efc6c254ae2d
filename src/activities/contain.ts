import { type ActAnswer, type LeaseAct, verbOf } from '#domain/containment.ts';
import { observableKey, type Observable } from '#domain/observable.ts';
import type { Responder, ResponderProfile } from '#domain/responder.ts';
import type { Log } from '#src/log.ts';
import { actRecordOf, failedActRecordOf, readBackRecordOf } from './act-record.ts';
import { currentSignal } from './current-signal.ts';
import { toFailure } from './failure.ts';
import { giveUp, holdOnce } from './hold-once.ts';
import { type ActChecks, areSealed, objectionToAct } from './objection-to-act.ts';
import { readHold } from './read-hold.ts';

/** A system that enforces, and what is known of it without asking it. */
export type RunningResponder = { readonly profile: ResponderProfile; readonly responder: Responder };

export type ContainDeps = ActChecks & { readonly log: Log };

/** One system, and what an act on it needs besides. */
export type Desk = RunningResponder & { readonly deps: ContainDeps };

/** The activities of one system that enforces, named `<system>.<verb>`. */
export function createContainActivities({ profile, responder }: RunningResponder, deps: ContainDeps) {
  const system = profile.id;
  const desk: Desk = { profile, responder, deps };
  const act = (verb: 'contain' | 'release') => async (lease: LeaseAct) =>
    translated(async () => {
      const objection = await objectionToAct(verb, lease, system, deps);
      const answer: ActAnswer = objection ? { isDone: false, why: objection } : await recorded(verb, lease, desk);
      // Only what the bot has sealed speaks for its request: a forged order must not end it.
      if (verb === 'contain' && !answer.isDone && areSealed(lease.order, deps.keys)) await giveUp(lease, desk);
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

const carryOut = { contain: holdOnce, release };

/**
 * Lets a target go: by an approved order whatever holds it, else what the lease holds and nothing more. The lease is over
 * before the system is asked, so that no attempt to hold that comes late can undo it.
 */
async function release({ order, leaseId, target }: LeaseAct, { profile, responder, deps }: Desk): Promise<ActAnswer> {
  const isByOrder = verbOf(order.plan.action, profile.id) === 'release';
  const ended = isByOrder ? null : leaseId;
  const place = { system: profile.id, target: observableKey(target) };
  // What was held before the dry run began is let go for real: it is owed.
  if (profile.isDryRun && !(await deps.leases.get(place))) return { isDone: true, isRehearsal: true };
  const { wasBegun } = await deps.leases.end({ ...place, leaseId: ended, now: deps.now() });
  // A list that does not tell whose an entry is: one that this lease never began is somebody else's.
  if (profile.isPlainList && !isByOrder && !wasBegun) return { isDone: true };
  return responder.release({ target, leaseId: ended }, currentSignal());
}

async function translated<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw toFailure(error);
  }
}
