import { Bot, type BotError, HttpError } from 'grammy';
import { describe, expect, it } from 'vitest';
import { ANA, type Running, startRunning } from './running.ts';

function createBot({ simulator }: Running): Bot {
  return new Bot(simulator.token, { client: { apiRoot: simulator.url } });
}

async function pendingUpdates({ api }: Running): Promise<number> {
  return (await api.getWebhookInfo()).pending_update_count;
}

describe('grammY against the simulated Telegram', () => {
  it('polls, answers commands, edits and answers presses', async () => {
    const running = await startRunning();
    const bot = createBot(running);
    bot.command('start', (ctx) =>
      ctx.reply('Hello', { reply_markup: { inline_keyboard: [[{ text: 'Go', callback_data: 'go' }]] } }),
    );
    bot.callbackQuery('go', async (ctx) => {
      await ctx.editMessageText('Gone');
      await ctx.answerCallbackQuery('done');
    });
    const polling = bot.start();
    await running.user.send({ from: ANA, chat: ANA, text: '/start' });
    const hello = await running.user.waitFor({ chat: ANA, as: ANA }, ({ text }) => text === 'Hello');

    const press = await running.user.press({ from: ANA, chat: ANA, message: hello.id, button: 'Go' }, 10_000);

    expect(press).toMatchObject({ answered: true, text: 'done' });
    expect((await running.user.messages({ chat: ANA, as: ANA, after: hello.id - 1 }))[0]?.text).toBe('Gone');
    await bot.stop();
    await polling;
  });

  it('A: loses an update whose handler throws when that is swallowed', async () => {
    const running = await startRunning();
    const bot = createBot(running);
    const failed = Promise.withResolvers<BotError>();
    bot.on('message', () => {
      throw new Error('engine away');
    });
    bot.catch(failed.resolve);
    const polling = bot.start();
    await running.user.send({ from: ANA, chat: ANA, text: 'lost' });

    await failed.promise;
    await bot.stop();
    await polling;

    expect(await pendingUpdates(running)).toBe(0);
  });

  it('C: confirms an update that is still being worked on when it stops', async () => {
    const running = await startRunning();
    const bot = createBot(running);
    const entered = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    bot.on('message', async () => {
      entered.resolve();
      await finish.promise;
    });
    const polling = bot.start();
    await running.user.send({ from: ANA, chat: ANA, text: 'in flight' });
    await entered.promise;

    await bot.stop();

    expect(await pendingUpdates(running)).toBe(0);
    finish.resolve();
    await polling;
  });

  it('D, M: gets again what was not confirmed', async () => {
    const running = await startRunning();
    await running.user.send({ from: ANA, chat: ANA, text: 'one' });
    await running.user.send({ from: ANA, chat: ANA, text: 'two' });
    const crashed = await createBot(running).api.getUpdates({ timeout: 1 });

    const restarted = await createBot(running).api.getUpdates({ offset: crashed[0]?.update_id ?? 0, timeout: 1 });

    expect(restarted.map((update) => update.update_id)).toEqual(crashed.map((update) => update.update_id));
  });

  it('F: posts twice when it repeats a send whose answer was lost', async () => {
    const running = await startRunning();
    await running.user.setFault({ method: 'sendMessage', kind: 'drop_after', times: 1 });

    await running.api.sendMessage(ANA, 'card').catch(() => running.api.sendMessage(ANA, 'card'));

    expect((await running.user.messages({ chat: ANA, as: ANA })).map(({ text }) => text)).toEqual(['card', 'card']);
    expect(await running.user.calls({ method: 'sendMessage' })).toHaveLength(2);
  });

  it('I: gets the message and not the press after 200 s away', async () => {
    const running = await startRunning();
    const reply_markup = { inline_keyboard: [[{ text: 'Go', callback_data: 'go' }]] };
    const card = await running.api.sendMessage(ANA, 'card', { reply_markup });
    await running.user.press({ from: ANA, chat: ANA, message: card.message_id, button: 'Go' });
    await running.user.send({ from: ANA, chat: ANA, text: 'hello?' });
    await running.user.advanceClock(200_000);

    expect((await running.api.getUpdates()).map((update) => update.message?.text)).toEqual(['hello?']);
  });

  it('J: sees a dead host as an HttpError', async () => {
    const running = await startRunning();
    await running.simulator.close();

    await expect(running.api.getMe()).rejects.toThrow(HttpError);
  });

  it('K: stops the first of two pollers', async () => {
    const running = await startRunning();
    const first = createBot(running);
    const second = createBot(running);
    const started = Promise.withResolvers<void>();
    const firstPolling = first.start({ onStart: () => started.resolve() });
    await started.promise;
    const secondPolling = second.start();

    await expect(firstPolling).rejects.toThrow('409: Conflict');

    await second.stop();
    await secondPolling;
  });
});

describe('close', () => {
  it('does not wait for long polls, event streams or idle connections', async () => {
    const running = await startRunning();
    const polling = running.api.getUpdates({ timeout: 50 }).catch(() => 'cut');
    const events = fetch(`${running.simulator.userSide}/events`)
      .then((response) => response.text())
      .catch(() => 'cut');
    while ((await running.user.calls({ method: 'getUpdates' })).length === 0);

    await running.simulator.close();
    await running.simulator.close();

    expect(await Promise.all([polling, events])).toEqual(['cut', 'cut']);
  });
});
