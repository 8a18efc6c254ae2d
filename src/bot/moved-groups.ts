import type { Update } from 'grammy/types';
import { movedGroupMark } from '#store/mark-names.ts';
import type { BotDeps } from './deps.ts';

/**
 * Keeps the list of groups true: a group that becomes a supergroup has another id from then on, and Telegram says so
 * once in each of the two chats (https://core.telegram.org/bots/api#message, `migrate_to_chat_id`). What was learnt is
 * kept beyond a restart. Throws StoreUnavailable.
 */
export function createGroupMoves({ access, marks, log, now }: BotDeps): (update: Update) => Promise<void> {
  let isRecalled = false;
  return async ({ message }) => {
    if (!isRecalled) {
      for (const group of access.groups) {
        const mark = await marks.get(movedGroupMark(group));
        if (mark) access.groups.add(Number(mark.value));
      }
      isRecalled = true;
    }
    const from = message?.migrate_from_chat_id ?? message?.chat.id;
    const to = message?.migrate_to_chat_id ?? message?.chat.id;
    if (from === undefined || to === undefined || from === to || !access.groups.has(from)) return;
    await marks.set(movedGroupMark(from), String(to), now());
    access.groups.add(to);
    log.warn({ from, to }, 'a group became a supergroup: write its new id into socbot.yaml');
  };
}
