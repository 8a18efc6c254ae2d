import { ACCEPTED_TOAST, CLOSED_TOAST, INVALID_TOAST, type Toast } from '#cards/toast.ts';
import { ALLOW_LIST, type ContainmentPlan, systemsOf, targetsOf } from '#domain/containment.ts';
import type { LookUpState } from '#domain/investigation.ts';
import { ALL_TARGETS } from '#domain/lift-arg.ts';
import { hasRole } from '#domain/person.ts';
import { concludeVerdict } from '#domain/verdict.ts';
import type { SocContext } from '../context.ts';
import type { BotDeps } from '../deps.ts';
import type { ContainmentWish } from '../requests/containment-plan.ts';
import { requestContainment } from '../requests/containment.ts';
import type { SignedPress } from './signed-press.ts';

const NEEDS_ANALYST: Toast = { text: 'Asking for this needs the role analyst.', isAlert: true };

/** `Block` on a verdict card: asks for the usual time, with the verdict as the reason. */
export async function pressBlock(ctx: SocContext, press: SignedPress, deps: BotDeps): Promise<Toast> {
  if (!hasRole(ctx.person, 'analyst')) return NEEDS_ANALYST;
  const memo = await deps.desk.memoOf(press.requestId);
  const target = memo?.offer?.observables[0];
  if (!memo?.offer || !target) return CLOSED_TOAST;
  const basis = basisOf(await deps.desk.lookUpStateOf(press.requestId));
  const { markings } = memo.offer;
  const wish = { action: 'block', targets: [target], markings, ...(basis === null ? {} : { basis }) } as const;
  await requestContainment(ctx, wish, deps);
  return ACCEPTED_TOAST;
}

/** `Unblock` on the card of a block, or beside a line of `/blocked`: asks to let go all of it, or one target. */
export async function pressLift(ctx: SocContext, press: SignedPress, deps: BotDeps): Promise<Toast> {
  if (!hasRole(ctx.person, 'analyst')) return NEEDS_ANALYST;
  const memo = await deps.desk.memoOf(press.requestId);
  if (!memo?.plan) return CLOSED_TOAST;
  const wish = letGo(memo.plan, press.call.arg);
  if (!wish) return INVALID_TOAST;
  await requestContainment(ctx, wish, deps);
  return ACCEPTED_TOAST;
}

/** The wish that undoes a plan, or what it did to one of its targets. */
function letGo(plan: ContainmentPlan, place: number): ContainmentWish | null {
  const all = targetsOf(plan);
  const targets = place === ALL_TARGETS ? all : all.slice(place, place + 1);
  if (targets.length === 0) return null;
  const { markings } = plan;
  if (plan.action === 'allow') return { action: 'unblock', targets, markings, systems: [ALLOW_LIST] };
  return { action: plan.action === 'isolate' ? 'release' : 'unblock', targets, markings };
}

/** `Ask again` on a card that came to nothing, or not to all: the same wish, of the same systems, as a request of its own. */
export async function pressRepeat(ctx: SocContext, press: SignedPress, deps: BotDeps): Promise<Toast> {
  if (!hasRole(ctx.person, 'analyst')) return NEEDS_ANALYST;
  const memo = await deps.desk.memoOf(press.requestId);
  if (!memo?.plan) return CLOSED_TOAST;
  const { action, markings, durationMs } = memo.plan;
  const state = await deps.desk.containmentStateOf(press.requestId);
  const wish = {
    action,
    targets: targetsOf(memo.plan),
    systems: systemsOf(memo.plan),
    markings,
    ...(durationMs === null ? {} : { durationMs }),
    ...(state?.reason ? { reason: state.reason } : {}),
    ...(state?.basis ? { basis: state.basis } : {}),
  };
  await requestContainment(ctx, wish, deps);
  return ACCEPTED_TOAST;
}

/** The verdict in one clause with how many sources gave it, of how many; null where nobody can tell it now. */
function basisOf(state: LookUpState | null): string | null {
  const sources = state?.investigations[0]?.sources;
  if (!sources) return null;
  const { level, malicious, suspicious, noHits, unknown, silent, open } = concludeVerdict(sources);
  const heard = malicious.length + suspicious.length + noHits.length + unknown.length;
  const agreeing = { malicious, suspicious, no_hits: noHits, unknown }[level].length;
  const others = [
    ...(level === 'malicious' && suspicious.length > 0 ? [`${suspicious.length} suspicious`] : []),
    ...(silent.length > 0 ? [`${silent.length} silent`] : []),
    ...(open.length > 0 ? [`${open.length} still open`] : []),
  ];
  return [`${level.replaceAll('_', ' ')}, ${agreeing} of ${heard} sources`, ...others].join(', ');
}
