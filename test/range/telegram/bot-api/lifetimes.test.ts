import { describe, expect, it } from 'vitest';
import { ANA, refusalOf, type Running, startRunning } from '../running.ts';

const GO = { reply_markup: { inline_keyboard: [[{ text: 'Go', callback_data: 'go' }]] } };

async function pressGo({ user, api }: Running): Promise<string> {
  const card = await api.sendMessage(ANA, 'card', GO);
  return (await user.press({ from: ANA, chat: ANA, message: card.message_id, button: 'Go' })).id;
}

describe('lifetimes on the simulated clock', () => {
  it('forgets a press after 150 s and keeps a message for a day', async () => {
    const running = await startRunning();
    await pressGo(running);
    await running.user.send({ from: ANA, chat: ANA, text: '/vt 192.0.2.1' });

    await running.user.advanceClock(149_000);
    const before = await running.api.getUpdates();
    await running.user.advanceClock(2000);
    const after = await running.api.getUpdates();
    await running.user.advanceClock(86_400_000);
    const nextDay = await running.api.getUpdates();

    expect(before.map((update) => update.callback_query?.data ?? update.message?.text)).toEqual([
      'go',
      '/vt 192.0.2.1',
    ]);
    expect(after.map((update) => update.message?.text)).toEqual(['/vt 192.0.2.1']);
    expect(nextDay).toEqual([]);
  });

  it('takes an answer to a press for 15 s', async () => {
    const running = await startRunning();
    const press = await pressGo(running);
    await running.user.advanceClock(15_000);

    expect(await refusalOf(running.api.answerCallbackQuery(press))).toBe(
      '400 Bad Request: query is too old and response timeout expired or query ID is invalid',
    );
  });

  it('takes one answer to a press', async () => {
    const running = await startRunning();
    const press = await pressGo(running);

    expect(await running.api.answerCallbackQuery(press, { text: 'once' })).toBe(true);
    expect(await refusalOf(running.api.answerCallbackQuery(press, { text: 'twice' }))).toContain('query is too old');
    expect((await running.user.findPress(press)).text).toBe('once');
  });

  it('dates late messages back and drops those that are too old', async () => {
    const { user, api } = await startRunning();
    await user.send({ from: ANA, chat: ANA, text: 'twenty hours late', agoMs: 20 * 3_600_000 });
    await user.send({ from: ANA, chat: ANA, text: 'a day late', agoMs: 24 * 3_600_000 });

    const [update, ...rest] = await api.getUpdates();

    expect(Math.round(Date.now() / 1000) - (update?.message?.date ?? 0)).toBeGreaterThanOrEqual(20 * 3600);
    expect(rest).toEqual([]);
  });

  it('lets messages be deleted for 48 hours', async () => {
    const { user, api } = await startRunning();
    const message = await api.sendMessage(ANA, 'secret');
    await user.advanceClock(48 * 3_600_000 + 1000);

    expect(await refusalOf(api.deleteMessage(ANA, message.message_id))).toBe(
      "400 Bad Request: message can't be deleted",
    );
  });
});
