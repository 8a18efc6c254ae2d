import { describe, expect, it } from 'vitest';
import { ANA, BEN, CLEO, EVE, GROUP, refusalOf, startRunning } from '../running.ts';

const UPGRADED = '400 Bad Request: group chat was upgraded to a supergroup chat';

describe('groups', () => {
  it('tell the bot when it is added, promoted and removed', async () => {
    const { api, user } = await startRunning();
    await user.removeBot(GROUP);
    await user.addBot(GROUP);
    await user.addBot(GROUP, 'administrator');

    const updates = await api.getUpdates();
    const changes = updates.flatMap(({ my_chat_member: change }) =>
      change ? [`${change.old_chat_member.status} -> ${change.new_chat_member.status}`] : [],
    );

    expect(changes).toEqual(['member -> kicked', 'kicked -> member', 'member -> administrator']);
    expect(updates.some((update) => update.message?.new_chat_members?.[0]?.username === 'socbot_range_bot')).toBe(true);
  });

  it('refuse a bot that was removed or left', async () => {
    const { api, user } = await startRunning();
    const group = await user.createGroup({ title: 'Days', members: [ANA, BEN] });
    await user.removeBot(GROUP);
    await api.leaveChat(group.id);

    expect(await refusalOf(api.sendMessage(GROUP, 'x'))).toBe('403 Forbidden: bot was kicked from the supergroup chat');
    expect(await refusalOf(api.sendMessage(group.id, 'x'))).toBe(
      '403 Forbidden: bot is not a member of the group chat',
    );
    await user.send({ from: ANA, chat: GROUP, text: '/vt 192.0.2.1' });
    expect((await api.getUpdates()).at(-1)?.message?.text).not.toBe('/vt 192.0.2.1');
  });

  it('become supergroups: told in both chats, and in the refusal', async () => {
    const { api, user } = await startRunning();
    const group = await user.createGroup({ title: 'Days', members: [ANA, BEN] });
    const card = await api.sendMessage(group.id, 'card');
    const next = await user.migrate(group.id);

    const messages = (await api.getUpdates()).map((update) => update.message);
    const error: unknown = await api.sendMessage(group.id, 'x').catch((caught: unknown) => caught);

    expect(messages).toContainEqual(expect.objectContaining({ migrate_to_chat_id: next.id }));
    expect(messages).toContainEqual(expect.objectContaining({ migrate_from_chat_id: group.id }));
    expect(error).toMatchObject({ description: UPGRADED.slice(4), parameters: { migrate_to_chat_id: next.id } });
    expect(await refusalOf(api.editMessageText(group.id, card.message_id, 'y'))).toBe(UPGRADED);
    expect((await api.sendMessage(next.id, 'here')).chat).toMatchObject({ id: next.id, type: 'supergroup' });
    await expect(user.send({ from: ANA, chat: group.id, text: 'x' })).rejects.toThrow('became a supergroup');
    await expect(user.migrate(next.id)).rejects.toThrow('is a supergroup already');
  });

  it('let administrators write in the name of the group', async () => {
    const { api, user } = await startRunning();
    await user.send({ from: CLEO, chat: GROUP, text: '/block 192.0.2.1', asAnonymousAdmin: true });

    const [update] = await api.getUpdates();

    expect(update?.message).toMatchObject({
      from: { id: 1_087_968_824, username: 'GroupAnonymousBot' },
      sender_chat: { id: GROUP, type: 'supergroup' },
    });
    await expect(user.send({ from: EVE, chat: GROUP, text: 'x', asAnonymousAdmin: true })).rejects.toThrow(
      'does not administer',
    );
  });

  it('say who is in them', async () => {
    const { api, simulator } = await startRunning();
    const botId = Number.parseInt(simulator.token, 10);

    const statusOf = async (id: number): Promise<string> => (await api.getChatMember(GROUP, id)).status;

    expect([await statusOf(ANA), await statusOf(CLEO), await statusOf(botId)]).toEqual([
      'member',
      'administrator',
      'member',
    ]);
    expect(await refusalOf(api.getChatMember(GROUP, 4242))).toBe('400 Bad Request: user not found');
    expect(await refusalOf(api.getChatMember(GROUP, 0))).toBe('400 Bad Request: invalid user_id specified');
    expect(await api.getChat(GROUP)).toMatchObject({ id: GROUP, type: 'supergroup', title: 'SOC night shift' });
    expect(await api.getChat(ANA)).toMatchObject({ id: ANA, type: 'private', first_name: 'Ana', username: 'ana_soc' });
  });

  it('let only administrators pin', async () => {
    const { api, user } = await startRunning();
    const { message_id: id } = await api.sendMessage(GROUP, 'card');

    expect(await refusalOf(api.pinChatMessage(GROUP, id))).toBe(
      '400 Bad Request: not enough rights to manage pinned messages in the chat',
    );
    await user.addBot(GROUP, 'administrator');
    expect(await api.pinChatMessage(GROUP, id)).toBe(true);
    expect((await user.messages({ chat: GROUP, as: ANA })).find((message) => message.id === id)?.pinned).toBe(true);
  });
});

describe('private chats', () => {
  it('tell the bot when they block and unblock it', async () => {
    const { api, user } = await startRunning();
    await user.block(ANA);
    await user.unblock(ANA);

    const changes = (await api.getUpdates()).map((update) => update.my_chat_member?.new_chat_member.status);

    expect(changes).toEqual(['kicked', 'member']);
    expect((await api.sendMessage(ANA, 'x')).text).toBe('x');
  });

  it('cannot be written to by a person who blocked the bot', async () => {
    const { user } = await startRunning();
    await user.block(ANA);

    await expect(user.send({ from: ANA, chat: ANA, text: 'x' })).rejects.toThrow('Ana has blocked the bot');
  });
});

describe('forwarding', () => {
  it('keeps the sender and the links, and loses the buttons that act', async () => {
    const { api, user } = await startRunning();
    const reply_markup = {
      inline_keyboard: [[{ text: 'Approve', callback_data: 'a' }], [{ text: 'Open', url: 'https://soc.example/' }]],
    };
    const card = await api.sendMessage(GROUP, 'card', { reply_markup });
    const forwardOf = { chat: GROUP, message: card.message_id };

    const forwarded = await user.send({ from: EVE, chat: EVE, text: '', forwardOf });

    expect(forwarded.keyboard.flat().map((button) => button.text)).toEqual(['Open']);
    expect((await api.getUpdates())[0]?.message?.forward_origin).toMatchObject({
      type: 'user',
      sender_user: { username: 'socbot_range_bot' },
    });
  });

  it('can hide the sender behind a name', async () => {
    const { api, user } = await startRunning();
    await user.send({ from: ANA, chat: ANA, text: 'look', forwardOf: { name: 'Mallory' } });

    expect((await api.getUpdates())[0]?.message?.forward_origin).toMatchObject({
      type: 'hidden_user',
      sender_user_name: 'Mallory',
    });
  });

  it('is refused for protected messages and for chats that the person does not see', async () => {
    const { api, user } = await startRunning();
    const card = await api.sendMessage(GROUP, 'card', { protect_content: true });
    const forward = (chat: number): Promise<unknown> =>
      user.send({ from: EVE, chat: EVE, text: '', forwardOf: { chat, message: card.message_id } });

    await expect(forward(GROUP)).rejects.toThrow('protected');
    await expect(forward(ANA)).rejects.toThrow('private chat');
  });
});
