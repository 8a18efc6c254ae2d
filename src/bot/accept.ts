import { type Bot, BotError } from 'grammy';
import type { Update } from 'grammy/types';
import { StoreUnavailable } from '#store/store-unavailable.ts';
import type { SocContext } from './context.ts';
import type { BotDeps } from './deps.ts';
import { EngineUnavailable } from './engine-unavailable.ts';
import { withinMoment } from './within-moment.ts';

/**
 * Accepts one update: it is a request, or an answer, or nothing, for good. Throws EngineUnavailable to have it offered
 * again. An update that our own code cannot take would block the queue for ever: it is kept aside, and its sender told.
 */
export function createAccept(bot: Bot<SocContext>, deps: BotDeps): (update: Update) => Promise<void> {
  return async (update) => {
    try {
      await bot.handleUpdate(update);
    } catch (error) {
      const cause = error instanceof BotError ? error.error : error;
      if (cause instanceof EngineUnavailable) throw cause;
      if (cause instanceof StoreUnavailable) throw new EngineUnavailable(cause.message);
      await setAside(update, cause, { bot, deps });
    }
  };
}

async function setAside(
  update: Update,
  cause: unknown,
  { bot, deps }: { bot: Bot<SocContext>; deps: BotDeps },
): Promise<void> {
  const kind = update.callback_query ? 'press' : 'message';
  deps.log.error({ err: cause, update: update.update_id, kind }, 'an update could not be taken and was set aside');
  const from = update.message?.from ?? update.callback_query?.from;
  await deps.audit.append([
    {
      at: deps.now(),
      who: null,
      telegramId: from?.id ?? null,
      chat: update.message?.chat.id ?? null,
      request: null,
      action: kind,
      outcome: 'set aside',
      key: `tg-${bot.botInfo.id}-${update.update_id}/set-aside`,
    },
  ]);
  const text = 'Something went wrong with this on my side. It was recorded; nothing was done.';
  if (update.message && deps.access.people.some((person) => person.telegramIds.includes(from?.id ?? 0))) {
    await withinMoment(bot.api.sendMessage(update.message.chat.id, text));
  }
}
