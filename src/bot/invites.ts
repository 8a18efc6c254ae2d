import type { Update } from 'grammy/types';
import type { Account } from '#store/accounts.ts';
import { inviteTriesMark } from '#store/mark-names.ts';
import type { BotDeps } from './deps.ts';

/** A stranger who guesses is not listened to any longer for the rest of the hour. */
const MOST_TRIES = 5;
const TRIES_WITHIN_MS = 3_600_000;

/**
 * What a stranger may say: the code of an invite, in their own chat with the bot. Gives the account that it bound; null for
 * everything else, and nobody learns why.
 */
export async function takeInvite(
  { message }: Update,
  deps: Pick<BotDeps, 'accounts' | 'marks' | 'now'>,
): Promise<Account | null> {
  const code = /^\/start inv_([A-Za-z0-9_-]{32})$/.exec(message?.text ?? '')?.[1];
  const { from, chat } = message ?? {};
  if (code === undefined || !from || from.is_bot || chat?.id !== from.id || message?.sender_chat) return null;
  if (!(await mayTry(from.id, deps))) return null;
  return deps.accounts.bind({ code, telegramId: from.id, now: deps.now() });
}

async function mayTry(telegramId: number, { marks, now }: Pick<BotDeps, 'marks' | 'now'>): Promise<boolean> {
  let tries = 0;
  await marks.change(
    inviteTriesMark(telegramId),
    (value) => {
      const [since = '', count = '0'] = value?.split(' ') ?? [];
      const isRecent = Date.parse(now()) - Date.parse(since) < TRIES_WITHIN_MS;
      tries = (isRecent ? Number(count) : 0) + 1;
      return `${isRecent ? since : now()} ${tries}`;
    },
    now(),
  );
  return tries <= MOST_TRIES;
}
