import type { WorldSaid } from './scenario.ts';

type Update = {
  readonly update_id: number;
  readonly message?: { readonly message_id: number; readonly chat: { readonly id: number }; readonly text?: string };
  readonly callback_query?: { readonly id: string; readonly data?: string };
};

/** A message that asks for something: `/ioc <ip>`, with `block` behind it where a press will follow. */
export type BareAsk = { readonly id: number; readonly chat: number; readonly message: number; readonly ip: string };

/** The Bot API without a library. */
export type BareTelegram = {
  call(method: string, body: unknown): Promise<unknown>;
  /** Posts the card; gives its id. */
  post(ask: BareAsk, presses: boolean): Promise<number>;
  edit(chat: number, message: number, text: string): Promise<void>;
  /** Polls for ever, and hands on what it hears without waiting for what becomes of it. */
  listen(on: { ask: (ask: BareAsk, presses: boolean) => void; press: (id: string, data: string) => void }): void;
};

export function createBareTelegram({ env }: WorldSaid): BareTelegram {
  const call = async (method: string, body: unknown): Promise<unknown> => {
    const response = await fetch(`${env['TELEGRAM_API_ROOT']}/bot${env['TELEGRAM_BOT_TOKEN']}/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return ((await response.json()) as { result: unknown }).result;
  };
  const poll = async (handlers: Parameters<BareTelegram['listen']>[0]): Promise<void> => {
    for (let offset = 0; ;) {
      const updates = (await call('getUpdates', { offset, limit: 100, timeout: 30 })) as Update[];
      for (const { update_id: id, message, callback_query: query } of updates) {
        offset = id + 1;
        const [command, ip, more] = message?.text?.split(' ') ?? [];
        if (message && command === '/ioc' && ip) {
          const { message_id, chat } = message;
          void call('setMessageReaction', {
            chat_id: chat.id,
            message_id,
            reaction: [{ type: 'emoji', emoji: '👀' }],
          });
          handlers.ask({ id, chat: chat.id, message: message_id, ip }, more === 'block');
        }
        if (query) handlers.press(query.id, query.data ?? '');
      }
    }
  };
  return {
    call,
    post: async ({ id, chat, message, ip }, presses) => {
      const reply_markup = presses
        ? { inline_keyboard: [[{ text: 'Block', callback_data: `${id} ${ip}` }]] }
        : undefined;
      const body = { chat_id: chat, text: `looked up ${ip}`, reply_parameters: { message_id: message }, reply_markup };
      return ((await call('sendMessage', body)) as { message_id: number }).message_id;
    },
    edit: async (chat_id, message_id, text) => void (await call('editMessageText', { chat_id, message_id, text })),
    listen: (handlers) => void poll(handlers),
  };
}
