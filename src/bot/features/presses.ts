import { Composer } from 'grammy';
import { ACCEPTED_TOAST, INVALID_TOAST, type Toast } from '#cards/toast.ts';
import { unpackButton } from '#domain/button-token.ts';
import { requestIdOf } from '#domain/ids.ts';
import type { SocContext } from '../context.ts';
import type { BotDeps } from '../deps.ts';
import { answerPress } from '../presses/answer-press.ts';
import { pressBlock, pressLift, pressRepeat } from '../presses/containment.ts';
import { pressDecide, pressGate } from '../presses/gate.ts';
import { pressOffer } from '../presses/offer.ts';
import { createRepeatGuard, type RepeatGuard } from '../presses/repeat-guard.ts';
import { pressView } from '../presses/view.ts';
import { pressAuditPage } from '../requests/audit.ts';

/** Presses of buttons. The button says what is meant; who pressed comes from Telegram, and the workflow decides. */
export function createPresses(deps: BotDeps): Composer<SocContext> {
  const feature = new Composer<SocContext>();
  const guard = createRepeatGuard(() => Date.parse(deps.now()));
  feature.on('callback_query', async (ctx) => {
    const toast = await carryOutOnce(ctx, guard, deps);
    await answerPress(ctx, toast);
  });
  return feature;
}

/** A second tap on a button that asks for something is answered like the first and asks for nothing more. */
async function carryOutOnce(ctx: SocContext, guard: RepeatGuard, deps: BotDeps): Promise<Toast | null> {
  const { message, data } = ctx.callbackQuery ?? {};
  const tap = [ctx.ask.by.telegramId, ctx.ask.chat.id, message?.message_id, data].join(' ');
  if (guard.isRepeat(tap)) return ACCEPTED_TOAST;
  const toast = await carryOut(ctx, deps);
  if (toast === ACCEPTED_TOAST) guard.carriedOut(tap);
  return toast;
}

async function carryOut(ctx: SocContext, deps: BotDeps): Promise<Toast | null> {
  const message = ctx.callbackQuery?.message;
  const scope = { keys: deps.keys, botId: ctx.me.id, chat: ctx.ask.chat.id };
  const call = unpackButton(ctx.callbackQuery?.data ?? '', scope);
  if (!call || !message) {
    await recordInvalid(ctx, deps);
    return INVALID_TOAST;
  }
  const press = { call, requestId: requestIdOf(ctx.me.id, call.updateId), message: message.message_id };
  switch (call.op) {
    case 'review':
    case 'choose':
    case 'change':
    case 'refuse':
    case 'back':
    case 'approve':
    case 'emergency':
    case 'deny':
    case 'withdraw':
    case 'confirm':
      return pressGate(ctx, call.op, press, deps);
    case 'decide':
    case 'open':
      return pressDecide(ctx, press, deps);
    case 'more':
    case 'less':
      return pressView(ctx, press, deps);
    case 'look_up':
    case 'look_up_all':
    case 'mark':
    case 'ask_again':
      return pressOffer(ctx, press, deps);
    case 'block':
      return pressBlock(ctx, press, deps);
    case 'page':
      return pressAuditPage(ctx, press, deps);
    case 'lift':
      return pressLift(ctx, press, deps);
    case 'repeat':
      return pressRepeat(ctx, press, deps);
  }
}

async function recordInvalid(ctx: SocContext, deps: BotDeps): Promise<void> {
  const { ask, person } = ctx;
  const who = { who: person.name, telegramId: ask.by.telegramId, chat: ask.chat.id, request: null };
  const key = `${ask.requestId}/invalid`;
  await deps.audit.append([{ at: deps.now(), ...who, action: 'press', outcome: 'invalid button', key }]);
}
