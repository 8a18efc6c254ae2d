import { CLOSED_TOAST, FULL_TOAST, INVALID_TOAST, LATER_TOAST, type Toast, toastOf } from '#cards/toast.ts';
import { digestOf, isRestriction, planMarkOf } from '#domain/containment.ts';
import { hasRole } from '#domain/person.ts';
import type { GateVerb } from '#domain/press.ts';
import { readFreeze } from '#store/freeze.ts';
import type { SocContext } from '../context.ts';
import type { BotDeps } from '../deps.ts';
import { isOnCall } from '../requests/on-call.ts';
import { awaitCode } from './awaited-code.ts';
import { planPressed, sealedPress } from './sealed-press.ts';
import type { SignedPress } from './signed-press.ts';
import { tellAlone } from './tell-alone.ts';

const NOT_ON_CALL: Toast = { text: 'Only the responder on call may decide alone: /oncall take', isAlert: true };

/** What a press is about, and whether a code came with it. */
export type GatePress = Pick<SignedPress, 'requestId' | 'message'> & {
  readonly rev: number;
  readonly arg: number;
  readonly pressId: string;
  readonly withCode?: true;
  /** The mark of the plan that the card showed. */
  readonly shows?: string;
};

/** Hands a decision to the request it is about, tells the presser what it came to, and keeps a record of it. */
export async function pressGate(
  ctx: SocContext,
  verb: GateVerb,
  press: SignedPress,
  deps: BotDeps,
): Promise<Toast | null> {
  const { rev, arg, shows } = press.call;
  const shown = shows === undefined ? {} : { shows };
  return decide(ctx, verb, { ...press, ...shown, rev, arg, pressId: pressIdOf(ctx) }, deps);
}

function pressIdOf({ callbackQuery, ask }: SocContext): string {
  return `cq-${callbackQuery?.id ?? ask.requestId}`;
}

/** Decides by a button, or by the code that a button has asked for. */
export async function decide(ctx: SocContext, verb: GateVerb, press: GatePress, deps: BotDeps): Promise<Toast | null> {
  const { ask, person } = ctx;
  const { requestId } = press;
  const planned = await deps.desk.plannedBy(requestId);
  const plan = planPressed(verb, planned.plan, press.arg);
  if (planned.plan && !plan) return INVALID_TOAST;
  const decides = verb === 'approve' || verb === 'emergency';
  // A card that shows one plan decides on no other, whoever had it drawn.
  if (decides && plan && press.shows !== planMarkOf(plan)) {
    await record(ctx, { verb, press, outcome: 'another plan', digest: digestOf(plan) }, deps);
    return INVALID_TOAST;
  }
  const frozen = decides && plan && isRestriction(plan.action) ? await readFreeze(deps.marks) : null;
  if (frozen) {
    await record(ctx, { verb, press, outcome: 'frozen', digest: digestOf(plan ?? NO_PLAN) }, deps);
    return toastOf({ kind: 'frozen' });
  }
  if (verb === 'emergency' && !(await isOnCall(person, deps))) {
    await record(ctx, { verb, press, outcome: 'not on call' }, deps);
    return NOT_ON_CALL;
  }
  const heard = sealedPress({ person, telegramId: ask.by.telegramId, verb, press, planned, plan }, deps);
  const card = { chat: ask.chat.id, message: press.message };
  const result = await deps.desk.press(requestId, press.message > 0 ? { ...heard, card } : heard);
  const digest = plan ? { digest: digestOf(plan) } : {};
  await record(ctx, { verb, press, outcome: result.kind, ...digest }, deps);
  deps.log.info({ request: requestId, by: person.name, outcome: result.kind }, `press ${verb}`);
  if (result.kind === 'code_needed') await awaitCode(ask, { ...press, verb }, deps);
  // What is kept for later counts later, and nobody would tell then.
  const isAlone = result.kind === 'recorded' || (result.kind === 'later' && press.withCode === true);
  if (verb === 'emergency' && isAlone) await tellAlone(ctx, requestId, plan, deps);
  switch (result.kind) {
    case 'later':
      return LATER_TOAST;
    case 'full':
      return FULL_TOAST;
    case 'closed':
      return CLOSED_TOAST;
    case 'turned':
      return null;
    default:
      return toastOf(result);
  }
}

const NO_PLAN = { action: 'block', steps: [], durationMs: null, markings: { tlp: 'CLEAR', pap: 'CLEAR' } } as const;

type Pressed = {
  readonly verb: GateVerb | 'decide';
  readonly press: Pick<GatePress, 'requestId' | 'pressId' | 'withCode'>;
  readonly outcome: string;
  readonly digest?: string;
};

async function record({ ask, person }: SocContext, pressed: Pressed, deps: BotDeps): Promise<void> {
  const { verb, press, outcome, digest } = pressed;
  await deps.audit.append([
    {
      at: deps.now(),
      who: person.name,
      telegramId: ask.by.telegramId,
      chat: ask.chat.id,
      request: press.requestId,
      action: `press ${verb}`,
      outcome,
      ...(digest === undefined ? {} : { digest }),
      ...(press.withCode ? { detail: 'with a code' } : {}),
      key: press.pressId,
    },
  ]);
}

/** Leads somebody in a group to the card in their own chat; decisions are not made in front of everybody. */
export async function pressDecide(ctx: SocContext, press: SignedPress, deps: BotDeps): Promise<Toast> {
  const { name, telegramIds } = ctx.person;
  const { requesterId } = await deps.desk.plannedBy(press.requestId);
  const refusal = telegramIds.includes(requesterId)
    ? ({ kind: 'own_request' } as const)
    : hasRole(ctx.person, 'responder')
      ? null
      : ({ kind: 'not_permitted', needs: 'responder' } as const);
  if (refusal) {
    const pressed = { requestId: press.requestId, pressId: pressIdOf(ctx) };
    await record(ctx, { verb: 'decide', press: pressed, outcome: refusal.kind }, deps);
    return toastOf(refusal);
  }
  const isThere = await deps.desk.bringCard(press.requestId, { name, telegramId: ctx.ask.by.telegramId });
  if (!isThere) return CLOSED_TOAST;
  return { text: 'Your card is at the end of our private chat: decide there.', isAlert: true };
}
