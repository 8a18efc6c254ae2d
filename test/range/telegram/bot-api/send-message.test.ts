import { describe, expect, it } from 'vitest';
import { ANA, EVE, GROUP, refusalOf, startRunning } from '../running.ts';

describe('sendMessage', () => {
  it('returns the message as Telegram does, with what became tappable', async () => {
    const { api } = await startRunning();

    const message = await api.sendMessage(ANA, ' 🔴 evil.example ', {
      entities: [{ type: 'bold', offset: 4, length: 4 }],
    });

    expect(message).toMatchObject({
      chat: { id: ANA, type: 'private', first_name: 'Ana' },
      from: { is_bot: true, username: 'socbot_range_bot' },
      text: '🔴 evil.example',
      entities: [
        { type: 'url', offset: 3, length: 12 },
        { type: 'bold', offset: 3, length: 4 },
      ],
    });
  });

  it('takes 4096 UTF-16 units and no more', async () => {
    const { api } = await startRunning();

    expect((await api.sendMessage(ANA, '🔴'.repeat(2048))).text).toHaveLength(4096);
    expect(await refusalOf(api.sendMessage(ANA, `${'🔴'.repeat(2048)}x`))).toBe('400 Bad Request: message is too long');
  });

  it.each([
    [0, 'x', '400 Bad Request: chat not found'],
    [4242, 'x', '400 Bad Request: chat not found'],
    [-100, 'x', '400 Bad Request: chat not found'],
    ['@someone', 'x', '400 Bad Request: chat not found'],
    ['', 'x', '400 Bad Request: chat_id is empty'],
    [ANA, '', '400 Bad Request: message text is empty'],
    [ANA, ' \n ', '400 Bad Request: text must be non-empty'],
  ])('refuses chat %j with text %j', async (chat, text, refusal) => {
    const { api } = await startRunning();

    expect(await refusalOf(api.sendMessage(chat, text))).toBe(refusal);
  });

  it('cannot write first to somebody who never pressed Start, and can afterwards', async () => {
    const { api, user } = await startRunning();
    await user.addPerson({ id: 2001, name: 'Dana', started: false });

    expect(await refusalOf(api.sendMessage(2001, 'hi'))).toBe('400 Bad Request: chat not found');
    await user.send({ from: 2001, chat: 2001, text: '/start' });
    expect((await api.sendMessage(2001, 'hi')).text).toBe('hi');
  });

  it('knows somebody from a group without being able to write to them', async () => {
    const people = [{ id: EVE, name: 'Eve', started: false }];
    const chats = [{ id: GROUP, type: 'supergroup' as const, title: 'g', members: [EVE] }];
    const { api, user } = await startRunning({ people, chats });
    await user.send({ from: EVE, chat: GROUP, text: '/help' });

    expect(await refusalOf(api.sendMessage(EVE, 'hi'))).toBe(
      "403 Forbidden: bot can't initiate conversation with a user",
    );
  });

  it('is refused by somebody who blocked the bot', async () => {
    const { api, user } = await startRunning();
    await user.block(ANA);

    expect(await refusalOf(api.sendMessage(ANA, 'hi'))).toBe('403 Forbidden: bot was blocked by the user');
  });

  it('replies to a message that exists, or to none if that is allowed', async () => {
    const { api, user } = await startRunning();
    const asked = await user.send({ from: ANA, chat: ANA, text: '/vt 192.0.2.1' });

    const reply = await api.sendMessage(ANA, 'answer', { reply_parameters: { message_id: asked.id } });
    const loose = await api.sendMessage(ANA, 'x', {
      reply_parameters: { message_id: 999, allow_sending_without_reply: true },
    });

    expect(reply.reply_to_message?.text).toBe('/vt 192.0.2.1');
    expect(loose.reply_to_message).toBeUndefined();
    expect(await refusalOf(api.sendMessage(ANA, 'x', { reply_parameters: { message_id: 999 } }))).toBe(
      '400 Bad Request: message to be replied not found',
    );
  });

  it('shows on the phone what is silent, protected, previewed or asks for a reply', async () => {
    const { api, user } = await startRunning();
    await api.sendMessage(ANA, 'https://soc.example', { disable_notification: true, protect_content: true });
    await api.sendMessage(ANA, 'https://soc.example', {
      link_preview_options: { is_disabled: true },
      reply_markup: { force_reply: true },
    });

    const shown = await user.messages({ chat: ANA, as: ANA });

    expect(
      shown.map(({ silent, protected: isProtected, preview, asksReply }) => [silent, isProtected, preview, asksReply]),
    ).toEqual([
      [true, true, 'https://soc.example', false],
      [false, false, null, true],
    ]);
  });

  it('counts ids per supergroup and together for all other chats', async () => {
    const { api } = await startRunning();

    const ids = [];
    for (const chat of [ANA, GROUP, 1002, GROUP]) ids.push((await api.sendMessage(chat, 'x')).message_id);

    expect(ids).toEqual([1, 1, 2, 2]);
  });

  it('refuses parse_mode loudly', async () => {
    const { api } = await startRunning();

    expect(await refusalOf(api.sendMessage(ANA, '<b>x</b>', { parse_mode: 'HTML' }))).toContain('parse_mode');
  });
});

describe('buttons', () => {
  async function refusal(button: unknown): Promise<string> {
    const { api } = await startRunning();
    return refusalOf(api.sendMessage(ANA, 'x', { reply_markup: { inline_keyboard: [[button]] } as never }));
  }

  it.each([
    [{ text: 'x', callback_data: 'é'.repeat(33) }, '400 Bad Request: BUTTON_DATA_INVALID'],
    [
      { text: 'x' },
      "400 Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ],
    [
      { text: 'x', callback_data: '' },
      "400 Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ],
    [{ text: '', callback_data: 'a' }, '400 Bad Request: inline keyboard button text must be non-empty'],
    [{ callback_data: 'a' }, '400 Bad Request: can\'t parse inline keyboard button: Can\'t find field "text"'],
    [
      { text: 'x', callback_data: 'a', style: 'pink' },
      "400 Bad Request: can't parse inline keyboard button: invalid button style specified",
    ],
    [{ text: 'x', copy_text: { text: 'y'.repeat(257) } }, '400 Bad Request: BUTTON_COPY_TEXT_INVALID'],
    [
      { text: 'x', url: 'http://localhost:8233' },
      "400 Bad Request: inline keyboard button URL 'http://localhost:8233' is invalid: Wrong HTTP URL",
    ],
    [
      { text: 'x', url: 'javascript:alert(1)' },
      "400 Bad Request: inline keyboard button URL 'javascript:alert(1)' is invalid: Wrong HTTP URL",
    ],
    [{ text: 'x', web_app: { url: 'https://a.example' } }, '400 Bad Request: this simulator draws no web_app buttons'],
    ['x', "400 Bad Request: can't parse inline keyboard button: InlineKeyboardButton must be an Object"],
  ])('refuses %j', async (button, words) => {
    expect(await refusal(button)).toBe(words);
  });

  it('takes 64 bytes of data, every style, and buttons that are disabled, copy or link', async () => {
    const { api, user } = await startRunning();
    await api.sendMessage(ANA, 'x', {
      reply_markup: {
        inline_keyboard: [
          [
            { text: 'a', callback_data: 'é'.repeat(32), style: 'danger' },
            { text: 'b', disabled: {}, style: 'success' },
          ],
          [
            { text: 'c', copy_text: { text: 'raw' } },
            { text: 'd', url: 'https://soc.example/' },
          ],
        ],
      },
    });

    const [message] = await user.messages({ chat: ANA, as: ANA });

    expect(message?.keyboard.map((row) => row.map(({ text, kind, style }) => [text, kind, style]))).toEqual([
      [
        ['a', 'callback', 'danger'],
        ['b', 'disabled', 'success'],
      ],
      [
        ['c', 'copy', null],
        ['d', 'url', null],
      ],
    ]);
  });

  it('refuses more than a hundred of them', async () => {
    const { api } = await startRunning();
    const row = Array.from({ length: 101 }, (_, index) => ({ text: 'x', callback_data: String(index) }));

    expect(await refusalOf(api.sendMessage(ANA, 'x', { reply_markup: { inline_keyboard: [row] } }))).toBe(
      '400 Bad Request: reply markup is too long',
    );
  });
});
