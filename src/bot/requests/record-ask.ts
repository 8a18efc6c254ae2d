import type { Ask } from '#domain/ask.ts';
import type { BotDeps } from '../deps.ts';

/** What somebody asked for, and whether it was taken on. */
export type AskRecord = {
  readonly action: string;
  readonly outcome: 'asked' | 'refused';
  readonly target?: string;
  readonly digest?: string;
  readonly detail?: string;
};

/** Keeps a record of a question or a wish, once per request, and a line in the log that says nothing of its content. */
export async function recordAsk(ask: Ask, record: AskRecord, { audit, log, now }: BotDeps): Promise<void> {
  const { requestId: request, by, chat } = ask;
  const { action, outcome } = record;
  log.info({ request, by: by.name, chat: chat.id, action, outcome }, 'asked');
  const key = `${request}/${record.outcome}`;
  await audit.append([{ at: now(), who: by.name, telegramId: by.telegramId, chat: chat.id, request, ...record, key }]);
}
