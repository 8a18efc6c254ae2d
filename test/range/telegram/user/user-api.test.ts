import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { readEvents } from '#range/telegram/user-events.ts';
import { ANA, BEN, EVE, GROUP, startRunning } from '../running.ts';

describe('the user side', () => {
  it('lists who and what there is', async () => {
    const { user } = await startRunning();

    const { bot, people, chats, clock } = await user.overview();

    expect(bot.username).toBe('socbot_range_bot');
    expect(people.map((person) => person.name)).toEqual(['Ana', 'Ben', 'Cleo', 'Eve']);
    expect(chats.map((chat) => chat.type)).toEqual(['private', 'private', 'private', 'private', 'supergroup']);
    expect(Math.abs(Date.parse(clock.now) - Date.now())).toBeLessThan(60_000);
  });

  it('draws a chat as plain text, the same every time', async () => {
    const { api, user } = await startRunning();
    const asked = await user.send({ from: ANA, chat: GROUP, text: '/vt 192.0.2.1' });
    const inline_keyboard = [
      [
        { text: 'Block 24 h', callback_data: 'b' },
        { text: 'Copy', copy_text: { text: '192.0.2.1' } },
      ],
      [
        { text: 'Open', url: 'https://soc.example/' },
        { text: 'Done', disabled: {} },
      ],
    ];
    const card = await api.sendMessage(GROUP, 'asking…', { reply_parameters: { message_id: asked.id } });
    await api.editMessageText(GROUP, card.message_id, '🔴 MALICIOUS\n192[.]0[.]2[.]1', {
      reply_markup: { inline_keyboard },
    });
    await api.setMessageReaction(GROUP, asked.id, [{ type: 'emoji', emoji: '👀' }]);
    const gone = await api.sendMessage(GROUP, 'gone');
    await api.deleteMessage(GROUP, gone.message_id);

    expect(await user.screen(GROUP)).toMatchInlineSnapshot(`
      "── SOC night shift ──
      Ana:
        /vt 192.0.2.1
        👀 SocBot
      SocBot (edited):
        ↪ Ana: /vt 192.0.2.1
        🔴 MALICIOUS
        192[.]0[.]2[.]1
        [Block 24 h] [Copy ⧉]
        [Open ↗] [Done ⊘]
      "
    `);
  });

  it('shows a person their own chats only', async () => {
    const { user } = await startRunning();

    await expect(user.messages({ chat: ANA, as: EVE })).rejects.toThrow("somebody else's private chat");
    await expect(user.messages({ chat: -5, as: EVE })).rejects.toThrow('there is no group -5');
  });

  it('lists what came after a message', async () => {
    const { user } = await startRunning();
    const first = await user.send({ from: ANA, chat: ANA, text: 'one' });
    await user.send({ from: ANA, chat: ANA, text: 'two' });

    expect((await user.messages({ chat: ANA, as: ANA, after: first.id })).map(({ text }) => text)).toEqual(['two']);
  });

  it('sends edits to the bot as edits', async () => {
    const { api, user } = await startRunning();
    const sent = await user.send({ from: ANA, chat: ANA, text: '/vt 192.0.2.1' });
    await user.send({ from: ANA, chat: ANA, text: '/block 192.0.2.1', editOf: sent.id });

    expect((await api.getUpdates()).at(-1)?.edited_message?.text).toBe('/block 192.0.2.1');
    expect((await user.messages({ chat: ANA, as: ANA }))[0]?.editDate).not.toBeNull();
    await expect(user.send({ from: BEN, chat: ANA, text: 'x', editOf: sent.id })).rejects.toThrow('private chat');
  });

  it('waits for a message without asking again and again', async () => {
    const { api, user } = await startRunning();
    const { message_id: id } = await api.sendMessage(ANA, 'asking…');
    const done = user.waitFor({ chat: ANA, as: ANA }, ({ text }) => text === 'done');

    await api.editMessageText(ANA, id, 'half');
    await api.editMessageText(ANA, id, 'done');

    expect((await done).id).toBe(id);
  });

  it('says what the screen shows when the awaited message does not come', async () => {
    const { api, user } = await startRunning();
    await api.sendMessage(ANA, 'something else');

    await expect(user.waitFor({ chat: ANA, as: ANA }, () => false, 50)).rejects.toThrow('something else');
  });

  it('tells of everything as it happens', async () => {
    const { api, simulator, user } = await startRunning();
    const stream = readEvents(`${simulator.userSide}/events`, AbortSignal.timeout(5000));
    await stream.next();

    const { message_id: message } = await api.sendMessage(ANA, 'x', {
      reply_markup: { inline_keyboard: [[{ text: 'Go', callback_data: 'go' }]] },
    });
    await api.setMessageReaction(ANA, message, [{ type: 'emoji', emoji: '👍' }]);
    const press = await user.press({ from: ANA, chat: ANA, message, button: 'Go' });
    await api.answerCallbackQuery(press.id, { text: 'ok' });
    await api.editMessageText(ANA, message, 'y');
    await api.deleteMessage(ANA, message);
    await user.advanceClock(1000);
    await user.block(ANA);

    const seen = [];
    for (let count = 0; count < 7; count += 1) seen.push((await stream.next()).value);
    await stream.return();
    expect(seen).toMatchObject([
      { type: 'message', chat: ANA, message },
      { type: 'reaction', chat: ANA, message },
      { type: 'toast', chat: ANA, press: press.id, text: 'ok', alert: false },
      { type: 'edit', chat: ANA, message },
      { type: 'delete', chat: ANA, message },
      { type: 'clock' },
      { type: 'chat', chat: ANA },
    ]);
  });
});

describe('bad input on the user side', () => {
  it.each([
    ['POST', '/messages', { body: 'not json', status: 400, words: 'not JSON' }],
    ['POST', '/messages', { body: '{}', status: 400, words: 'from: ' }],
    ['POST', '/messages', { body: '{"from":1001,"chat":1001,"text":"x","extra":1}', status: 400, words: 'extra' }],
    ['POST', '/messages', { body: '{"from":1001,"chat":1001,"text":""}', status: 400, words: 'non-empty' }],
    [
      'POST',
      '/messages',
      { body: `{"from":1001,"chat":1001,"text":"${'x'.repeat(4097)}"}`, status: 400, words: 'at most 4096' },
    ],
    ['POST', '/messages', { body: `{"text":"${'x'.repeat(300_000)}"}`, status: 400, words: 'larger than' }],
    [
      'POST',
      '/messages',
      { body: '{"from":1001,"chat":1001,"text":"x","replyTo":77}', status: 400, words: 'no message 77' },
    ],
    ['POST', '/files?from=1001&chat=1001&name=x', { body: '', status: 400, words: 'empty' }],
    ['POST', '/files?from=x', { body: 'abc', status: 400, words: 'from' }],
    ['POST', '/clock', { body: '{"advanceMs":-1}', status: 400, words: 'advanceMs' }],
    ['PUT', '/faults', { body: '{"method":"x","kind":"explode"}', status: 400, words: 'kind' }],
    ['POST', '/chats', { body: '{"title":"t","members":[4242]}', status: 400, words: 'no person 4242' }],
    ['POST', '/people', { body: '{"id":1001,"name":"Ana"}', status: 400, words: 'taken' }],
    ['POST', '/chats/x/migrate', { body: '', status: 400, words: 'whole number' }],
    ['GET', '/files/nope', { body: null, status: 400, words: 'no such file' }],
    ['GET', '/presses/nope', { body: null, status: 400, words: 'no such press' }],
    ['GET', '/nowhere', { body: null, status: 404, words: 'nothing at' }],
    ['DELETE', '/messages', { body: null, status: 405, words: 'use POST' }],
  ])('%s %s is told what is wrong', async (method, path, { body, status, words }) => {
    const { simulator } = await startRunning();

    const call: RequestInit = { method, body };
    const response = await fetch(`${simulator.userSide}${path}`, call);

    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: expect.stringContaining(words) });
  });

  it('keeps other web pages out', async () => {
    const { simulator } = await startRunning();
    const statusWith = (headers: Record<string, string>): Promise<number | undefined> => {
      const { promise, resolve } = Promise.withResolvers<number | undefined>();
      const call = request(simulator.userSide, { headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      call.end();
      return promise;
    };

    expect(await statusWith({ 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await statusWith({ host: 'rebound.example' })).toBe(403);
    expect(await statusWith({ host: 'rebound' })).toBe(403);
    expect(await statusWith({ origin: 'http://evil.example' })).toBe(403);
    expect(await statusWith({ 'sec-fetch-site': 'same-origin' })).toBe(200);
    expect(await statusWith({ host: 'localhost:8081' })).toBe(200);
  });
});
