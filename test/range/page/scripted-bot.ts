import type { TelegramSimulator } from '#range/telegram/simulator.ts';

/** A bot without a mind of its own: the test says each call it makes. */
export type ScriptedBot = {
  /** One Bot API call; the answer's `result`. Throws with Telegram's words when it is refused. */
  call<Result = { message_id: number }>(method: string, body: object): Promise<Result>;
  /** Answers every press from now on with what the function makes of it. */
  answerPresses(toAnswer: (press: BotPress) => object): void;
  stop(): Promise<void>;
};

/** A press as it reaches a bot. */
type BotPress = { readonly id: string; readonly data: string; readonly from: { readonly id: number } };

type Update = { readonly update_id: number; readonly callback_query?: BotPress };

/** A bot that speaks to the simulator over HTTP, as any bot does. */
export function createScriptedBot({ url, token }: Pick<TelegramSimulator, 'url' | 'token'>): ScriptedBot {
  const stopper = new AbortController();
  let toAnswer: (press: BotPress) => object = () => ({});
  let loop: Promise<void> | null = null;
  const call = async <Result>(method: string, body: object, signal?: AbortSignal): Promise<Result> => {
    const response = await fetch(`${url}/bot${token}/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      ...(signal ? { signal } : {}),
    });
    const answer = (await response.json()) as { ok: boolean; result: Result; description?: string };
    if (!answer.ok) throw new Error(answer.description);
    return answer.result;
  };
  const poll = async (): Promise<void> => {
    let offset = 0;
    while (!stopper.signal.aborted) {
      const updates = await call<Update[]>('getUpdates', { offset, timeout: 20 }, stopper.signal).catch(() => []);
      for (const { update_id: id, callback_query: press } of updates) {
        offset = id + 1;
        if (press) await call('answerCallbackQuery', { callback_query_id: press.id, ...toAnswer(press) });
      }
    }
  };
  return {
    call: (method, body) => call(method, body),
    answerPresses(answer) {
      toAnswer = answer;
      loop ??= poll();
    },
    async stop() {
      stopper.abort();
      await loop;
    },
  };
}
