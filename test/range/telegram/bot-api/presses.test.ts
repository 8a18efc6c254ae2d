import { describe, expect, it } from 'vitest';
import { ANA, BEN, EVE, GROUP, refusalOf, startRunning } from '../running.ts';

const CARD = {
  reply_markup: {
    inline_keyboard: [
      [
        { text: 'Approve', callback_data: 'approve-1' },
        { text: '✅ Approved by Ana', disabled: {} },
      ],
      [
        { text: 'Copy', copy_text: { text: '192.0.2.1' } },
        { text: 'Open', url: 'https://soc.example/' },
      ],
    ],
  },
};

describe('presses', () => {
  it('reach the bot with who pressed what, where', async () => {
    const { api, user } = await startRunning();
    const card = await api.sendMessage(GROUP, 'Block?', CARD);
    const press = await user.press({ from: BEN, chat: GROUP, message: card.message_id, button: 'Approve' });

    const [update] = await api.getUpdates();

    expect(update?.callback_query).toMatchObject({
      id: press.id,
      from: { id: BEN, first_name: 'Ben' },
      data: 'approve-1',
      message: { message_id: card.message_id, chat: { id: GROUP, type: 'supergroup' }, text: 'Block?' },
    });
  });

  it('end as soon as the bot answers, with a toast, an alert or a way into the private chat', async () => {
    const { api, user } = await startRunning();
    const card = await api.sendMessage(ANA, 'Block?', CARD);
    const pressed = user.press({ from: ANA, chat: ANA, message: card.message_id, button: 'Approve' }, 10_000);
    const [update] = await api.getUpdates({ timeout: 10 });

    const url = 'https://t.me/socbot_range_bot?start=otp_1';
    await api.answerCallbackQuery(update?.callback_query?.id ?? '', { text: 'Code needed', show_alert: true, url });

    expect(await pressed).toMatchObject({ answered: true, text: 'Code needed', alert: true, url });
  });

  it('give up waiting when nobody answers', async () => {
    const { api, user } = await startRunning();
    const card = await api.sendMessage(ANA, 'Block?', CARD);

    expect(await user.press({ from: ANA, chat: ANA, message: card.message_id, button: 'Approve' }, 1)).toMatchObject({
      answered: false,
      text: null,
    });
  });

  it('stay on the phone for disabled, copying and linking buttons', async () => {
    const { api, user } = await startRunning();
    const { message_id: message } = await api.sendMessage(ANA, 'Block?', CARD);
    const press = (button: string): Promise<unknown> => user.press({ from: ANA, chat: ANA, message, button }, 1000);

    expect(await press('✅ Approved by Ana')).toMatchObject({ kind: 'disabled', answered: false });
    expect(await press('Copy')).toMatchObject({ kind: 'copy', copied: '192.0.2.1' });
    expect(await press('Open')).toMatchObject({ kind: 'url', url: 'https://soc.example/' });
    expect(await api.getUpdates()).toEqual([]);
  });

  it('can be forged with bytes that no button carries', async () => {
    const { api, user } = await startRunning();
    const { message_id: message } = await api.sendMessage(GROUP, 'no buttons at all');
    await user.press({ from: EVE, chat: GROUP, message, button: { data: 'forged' } });

    expect((await api.getUpdates())[0]?.callback_query).toMatchObject({ from: { id: EVE }, data: 'forged' });
    await expect(user.press({ from: EVE, chat: GROUP, message, button: { data: 'x'.repeat(65) } })).rejects.toThrow(
      '1 to 64 bytes, not 65',
    );
  });

  it('are refused for buttons, messages and chats that the person does not see', async () => {
    const { api, user } = await startRunning();
    const { message_id: message } = await api.sendMessage(ANA, 'Block?', CARD);
    const mine = await user.send({ from: ANA, chat: ANA, text: 'x' });
    const press = (from: number, id: number, button: string): Promise<unknown> =>
      user.press({ from, chat: ANA, message: id, button });

    await expect(press(ANA, message, 'Deny')).rejects.toThrow('there is no button "Deny"; the message has "Approve"');
    await expect(press(EVE, message, 'Approve')).rejects.toThrow("somebody else's private chat");
    await expect(press(ANA, 999, 'Approve')).rejects.toThrow('there is no message 999');
    await expect(press(ANA, mine.id, 'Approve')).rejects.toThrow('not from the bot');
    await expect(press(4242, message, 'Approve')).rejects.toThrow('there is no person 4242');
  });
});

describe('answerCallbackQuery', () => {
  it('is refused for unknown presses, long texts and links that lead elsewhere', async () => {
    const { api, user } = await startRunning();
    const { message_id: message } = await api.sendMessage(ANA, 'Block?', CARD);
    const { id } = await user.press({ from: ANA, chat: ANA, message, button: 'Approve' });

    expect(await refusalOf(api.answerCallbackQuery('1'))).toContain('query ID is invalid');
    expect(await refusalOf(api.answerCallbackQuery(id, { text: 'x'.repeat(201) }))).toBe(
      '400 Bad Request: MESSAGE_TOO_LONG',
    );
    expect(await refusalOf(api.answerCallbackQuery(id, { url: 'https://evil.example/' }))).toBe(
      '400 Bad Request: URL_INVALID',
    );
    expect(await api.answerCallbackQuery(id)).toBe(true);
  });
});
