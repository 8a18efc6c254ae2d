import type { Api } from 'grammy';
import type { UserFromGetMe } from 'grammy/types';

/**
 * What is wrong with how the bot is set up at BotFather, one sentence each; the first list stops the start. Everything
 * SocBot does not use must be off: it would let strangers reach it, or content leave by another way.
 */
export async function checkSetUp(api: Api, me: UserFromGetMe): Promise<{ stops: string[]; warnings: string[] }> {
  const { url } = await api.getWebhookInfo();
  const stops = url ? ['a webhook is set for this bot, so it cannot be polled: remove it with deleteWebhook'] : [];
  const open: readonly [boolean | undefined, string][] = [
    [
      me.can_read_all_group_messages,
      'privacy mode is off: the bot receives everything said in its groups (/setprivacy)',
    ],
    [me.supports_inline_queries, 'inline mode is on (/setinline)'],
    [me.supports_guest_queries, 'guest mode is on: anybody can summon the bot into any chat'],
    [me.can_connect_to_business, 'business mode is on'],
    [me.can_manage_bots, 'the bot may manage other bots'],
  ];
  return { stops, warnings: open.flatMap(([isOpen, words]) => (isOpen ? [words] : [])) };
}
