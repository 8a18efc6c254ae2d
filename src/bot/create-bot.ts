import { Bot, type BotConfig } from 'grammy';
import { STRANGER_TOAST } from '#cards/toast.ts';
import { requestIdOf } from '#domain/ids.ts';
import type { Secret } from '#domain/secret.ts';
import { hear, type Hearing } from './access.ts';
import type { SocContext } from './context.ts';
import type { BotDeps } from './deps.ts';
import { createCodes } from './features/codes.ts';
import { createContainmentFeature } from './features/containment.ts';
import { createDecisions } from './features/decisions.ts';
import { createDeskCommands } from './features/desk-commands.ts';
import { createFreezing } from './features/freezing.ts';
import { createLookUpFeature } from './features/look-up.ts';
import { createOnCall } from './features/on-call.ts';
import { createPresses } from './features/presses.ts';
import { createForwards, createTexts, ignore } from './features/texts.ts';
import { hearInvited } from './invites.ts';
import { createGroupMoves } from './moved-groups.ts';
import { answerPress } from './presses/answer-press.ts';
import { createStrangerFlood } from './stranger-flood.ts';
import { withinMoment } from './within-moment.ts';

export type Connection = { readonly token: Secret; readonly apiRoot: string };

/** The bot: who is heard, then one feature after the other. It listens and starts things; cards are posted elsewhere. */
export function createBot({ token, apiRoot }: Connection, deps: BotDeps): Bot<SocContext> {
  const config: BotConfig<SocContext> = { client: { apiRoot, timeoutSeconds: 60 } };
  const bot = new Bot<SocContext>(token.reveal(), config);
  const followMove = createGroupMoves(deps);
  const flood = createStrangerFlood(() => Date.parse(deps.now()));
  bot.use(async (ctx, next) => {
    await followMove(ctx.update);
    deps.access.people = await deps.people();
    const first = hear(ctx.update, deps.access);
    const hearing = first.isHeard ? first : await hearInvited(ctx, first, deps);
    if (!hearing.isHeard) return flood.isFlood(hearing.from?.id ?? 0) ? undefined : refuse(ctx, hearing, deps);
    ctx.person = hearing.person;
    ctx.ask = askOf(ctx, hearing, deps.now());
    await next();
    acknowledge(ctx);
  });
  bot.use(createPresses(deps));
  bot.use(createCodes(deps));
  bot.use(createForwards(deps));
  bot.use(createLookUpFeature(deps));
  bot.use(createContainmentFeature(deps));
  bot.use(createDecisions(deps));
  bot.use(createFreezing(deps));
  bot.use(createOnCall(deps));
  bot.use(createDeskCommands(deps));
  bot.use(createTexts(deps));
  bot.use(ignore);
  return bot;
}

function askOf(ctx: SocContext, { person, from, chat }: Hearing & { isHeard: true }, now: string): SocContext['ask'] {
  const message = ctx.update.message;
  return {
    requestId: requestIdOf(ctx.me.id, ctx.update.update_id),
    by: { name: person.name, telegramId: from.id },
    chat: { id: chat.id, isPrivate: chat.type === 'private' },
    messageId: (message ?? ctx.callbackQuery?.message)?.message_id ?? 0,
    askedAt: message ? new Date(message.date * 1000).toISOString() : now,
  };
}

/** A reaction says "accepted": silent, repeatable, and the request goes on whether or not it arrives. */
function acknowledge(ctx: SocContext): void {
  if (ctx.message && !ctx.isIgnored) ctx.react('👀').catch(() => undefined);
}

/** Strangers get silence for what they write and a toast for what they press; both are recorded, up to a flood. */
async function refuse(ctx: SocContext, hearing: Hearing & { isHeard: false }, deps: BotDeps): Promise<void> {
  const { from, chat, why } = hearing;
  // What the bot itself did, as its own leaving, is nobody's.
  if (from?.id === ctx.me.id) return;
  // An admin who adds somebody to the list finds the numeric id here; the name is what they call themselves.
  const name =
    from && [from.first_name, from.last_name, from.username && `@${from.username}`].filter(Boolean).join(' ');
  const action = ctx.callbackQuery ? 'press' : ctx.myChatMember ? 'membership' : 'message';
  deps.log.info({ telegramId: from?.id, name, chat: chat?.id, update: ctx.update.update_id }, `not heard: ${why}`);
  await deps.audit.append([
    {
      at: deps.now(),
      who: null,
      telegramId: from?.id ?? null,
      chat: chat?.id ?? null,
      request: null,
      action,
      outcome: 'refused',
      detail: why,
      key: `tg-${ctx.me.id}-${ctx.update.update_id}/refused`,
    },
  ]);
  if (ctx.callbackQuery) await answerPress(ctx, STRANGER_TOAST);
  const isForeignGroup = chat !== undefined && chat.type !== 'private' && !deps.access.groups.has(chat.id);
  if (isForeignGroup && ctx.myChatMember?.new_chat_member.status !== 'left') await withinMoment(ctx.leaveChat());
}
