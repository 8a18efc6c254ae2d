import { ACCEPTED_TOAST, CLOSED_TOAST, type Toast } from '#cards/toast.ts';
import type { LookUpState } from '#domain/investigation.ts';
import { hasRole } from '#domain/person.ts';
import { concludeVerdict } from '#domain/verdict.ts';
import type { SocContext } from '../context.ts';
import type { BotDeps } from '../deps.ts';
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
  const wish = {
    action: 'block',
    target,
    markings: memo.offer.markings,
    ...(basis === null ? {} : { basis }),
  } as const;
  await requestContainment(ctx.ask, wish, deps);
  return ACCEPTED_TOAST;
}

/** `Unblock` on the card of a block, or beside a line of `/blocked`. */
export async function pressLift(ctx: SocContext, press: SignedPress, deps: BotDeps): Promise<Toast> {
  if (!hasRole(ctx.person, 'analyst')) return NEEDS_ANALYST;
  const memo = await deps.desk.memoOf(press.requestId);
  if (!memo?.plan) return CLOSED_TOAST;
  const { target, markings } = memo.plan;
  await requestContainment(ctx.ask, { action: 'unblock', target, markings }, deps);
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
