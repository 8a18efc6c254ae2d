import { CLOSED_TOAST, FULL_TOAST, LATER_TOAST, type Toast, toastOf } from '#cards/toast.ts';
import type { GateVerb } from '#domain/approval.ts';
import { sealPress } from '#domain/press-seal.ts';
import type { SocContext } from '../context.ts';
import type { BotDeps } from '../deps.ts';
import type { SignedPress } from './signed-press.ts';

/** Hands a decision to the request it is about, tells the presser what it came to, and keeps a record of it. */
export async function pressGate(ctx: SocContext, verb: GateVerb, press: SignedPress, deps: BotDeps): Promise<Toast> {
  const { ask, person } = ctx;
  const pressId = `cq-${ctx.callbackQuery?.id ?? ask.requestId}`;
  const { requestId } = press;
  const at = deps.now();
  const planned = await deps.desk.plannedBy(requestId);
  // Whoever asked is who they were then, whatever `socbot.yaml` calls them now and whichever of their accounts presses.
  const isRequester = person.telegramIds.includes(planned.requesterId);
  const name = isRequester ? planned.requester : person.name;
  const by = { name, telegramId: ask.by.telegramId, role: person.role };
  const seal = sealPress({ requestId, ...planned, at, verb, pressId, by }, deps.keys);
  const card = { chat: ask.chat.id, message: press.message };
  const result = await deps.desk.press(requestId, { pressId, verb, rev: press.call.rev, by, at, seal, card });
  await deps.audit.append([
    {
      at: deps.now(),
      who: person.name,
      telegramId: ask.by.telegramId,
      chat: ask.chat.id,
      request: press.requestId,
      action: `press ${verb}`,
      outcome: result.kind,
      key: pressId,
    },
  ]);
  deps.log.info({ request: requestId, by: person.name, outcome: result.kind }, `press ${verb}`);
  if (result.kind === 'later') return LATER_TOAST;
  if (result.kind === 'full') return FULL_TOAST;
  return result.kind === 'closed' ? CLOSED_TOAST : toastOf(result);
}
