import type { Context } from 'grammy';
import type { Message } from 'grammy/types';
import { inviteTriesMark } from '#store/mark-names.ts';
import { hear, type Hearing } from './access.ts';
import type { BotDeps } from './deps.ts';
import { showMenu } from './menu.ts';

/** A stranger who guesses is not listened to any longer for the rest of the hour. */
const MOST_TRIES = 5;
const TRIES_WITHIN_MS = 3_600_000;

/** As a link with the code opens the chat (https://core.telegram.org/bots/features#deep-linking). */
const INVITED = /^\/start inv_([\w-]{32})$/;

/**
 * The one thing that a stranger may say: the code of an invite, in their own chat with the bot. Gives how the update is
 * heard from then on; where the code opens nothing that is the same refusal, with the reason for the record.
 */
export async function hearInvited(
  ctx: Context,
  hearing: Hearing & { isHeard: false },
  deps: BotDeps,
): Promise<Hearing> {
  const { from } = hearing;
  const code = hearing.isStranger ? codeIn(ctx.message) : null;
  if (code === null || !from) return hearing;
  const refuse = (why: string) => ({ ...hearing, why: `${hearing.why}; ${why}` });
  if (!(await mayTry(from.id, deps))) return refuse('too many tries of invites in one hour');
  const binding = await deps.accounts.bind({
    code,
    telegramId: from.id,
    key: `tg-${ctx.me.id}-${ctx.update.update_id}`,
    people: deps.access.people.map(({ name }) => name),
    now: deps.now(),
  });
  if (binding.kind === 'refused') return refuse(binding.why);
  deps.access.people = await deps.people(0);
  const { person, telegramId, invite } = binding.account;
  deps.log.info({ by: person, telegramId, invite }, 'an account was bound by an invite');
  const heard = hear(ctx.update, deps.access);
  if (heard.isHeard) void showMenu(ctx.api, heard.person, telegramId);
  return heard;
}

/** Forwarded words are somebody else's. */
function codeIn(message: Message | undefined): string | null {
  if (message?.forward_origin) return null;
  return INVITED.exec(message?.text ?? '')?.[1] ?? null;
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
