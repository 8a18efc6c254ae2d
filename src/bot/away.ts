import type { Bot } from 'grammy';
import type { Update } from 'grammy/types';
import { hear } from './access.ts';
import type { SocContext } from './context.ts';
import type { BotDeps } from './deps.ts';

const AWAY_TOAST = '⏳ My engine does not answer. I keep trying; if the card does not change, press again.';

/**
 * What can be said while the engine is away: the one thing the bot answers by itself. A press gets its toast, `/status`
 * an answer, each once; everything stays in the queue.
 */
export function createAwayNotice(bot: Bot<SocContext>, deps: BotDeps): (updates: readonly Update[]) => Promise<void> {
  const told = new Set<number>();
  return async (updates) => {
    for (const update of updates) {
      if (told.has(update.update_id) || !hear(update, deps.access).isHeard) continue;
      told.add(update.update_id);
      await tell(update, updates.length, bot).catch(() => undefined);
    }
    if (told.size > 10_000) told.clear();
  };
}

async function tell({ message, callback_query: query }: Update, waiting: number, bot: Bot<SocContext>): Promise<void> {
  if (query) await bot.api.answerCallbackQuery(query.id, { text: AWAY_TOAST, show_alert: true });
  if (!message?.text || !isStatus(message.text, bot.botInfo.username)) return;
  const text = `🔴 SocBot has trouble: Temporal or the store does not answer.\n${waiting === 1 ? '1 message waits' : `${waiting} messages wait`}, none is lost. I keep trying.`;
  await bot.api.sendMessage(message.chat.id, text, { reply_parameters: { message_id: message.message_id } });
}

function isStatus(text: string, botName: string): boolean {
  const match = /^\/status(?:@(\w+))?(?:\s|$)/.exec(text);
  return match !== null && (match[1] === undefined || match[1].toLowerCase() === botName.toLowerCase());
}
