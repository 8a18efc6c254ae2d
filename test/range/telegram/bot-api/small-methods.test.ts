import { describe, expect, it } from 'vitest';
import { ANA, BEN, CLEO, GROUP, refusalOf, startRunning } from '../running.ts';

describe('getMe', () => {
  it('has everything off that widens what a bot can be made to do', async () => {
    const { api } = await startRunning();

    expect(await api.getMe()).toMatchObject({
      id: 700_000_001,
      is_bot: true,
      username: 'socbot_range_bot',
      can_join_groups: false,
      can_read_all_group_messages: false,
      supports_inline_queries: false,
      can_connect_to_business: false,
    });
  });
});

describe('setMessageReaction', () => {
  it('keeps one reaction, replaces it, and takes it away', async () => {
    const { api, user } = await startRunning();
    const { id } = await user.send({ from: ANA, chat: ANA, text: '/vt 192.0.2.1' });
    const shown = async (): Promise<string[]> =>
      (await user.messages({ chat: ANA, as: ANA }))[0]?.reactions.map(({ emoji }) => emoji) ?? [];

    await api.setMessageReaction(ANA, id, [{ type: 'emoji', emoji: '👀' }]);
    await api.setMessageReaction(ANA, id, [{ type: 'emoji', emoji: '👀' }]);
    const first = await shown();
    await api.setMessageReaction(ANA, id, [{ type: 'emoji', emoji: '✍' }]);
    const second = await shown();
    await api.setMessageReaction(ANA, id, []);

    expect([first, second, await shown()]).toEqual([['👀'], ['✍'], []]);
  });

  it('is refused for other emoji, for two, and for messages that are not there', async () => {
    const { api, user } = await startRunning();
    const { id } = await user.send({ from: ANA, chat: ANA, text: 'x' });
    const react = (message: number, ...emoji: readonly string[]): Promise<string> =>
      refusalOf(api.setMessageReaction(ANA, message, emoji.map((one) => ({ type: 'emoji', emoji: one })) as never));

    expect(await react(id, '✅')).toBe('400 Bad Request: REACTION_INVALID');
    expect(await react(id, '👀', '👍')).toBe('400 Bad Request: REACTIONS_TOO_MANY');
    expect(await react(999, '👀')).toBe('400 Bad Request: message to react not found');
    expect(await refusalOf(api.setMessageReaction(ANA, id, [{ type: 'smell' }] as never))).toContain(
      "can't parse ReactionType",
    );
  });
});

describe('command menus', () => {
  it('show the narrowest list that there is for a person in a chat', async () => {
    const { api, user } = await startRunning();
    const menu = (name: string): { command: string; description: string }[] => [{ command: name, description: 'x' }];
    await api.setMyCommands(menu('everyone'));
    await api.setMyCommands(menu('groups'), { scope: { type: 'all_group_chats' } });
    await api.setMyCommands(menu('admins'), { scope: { type: 'all_chat_administrators' } });
    await api.setMyCommands(menu('ben'), { scope: { type: 'chat_member', chat_id: GROUP, user_id: BEN } });
    const shown = async (chat: number, as: number): Promise<string | undefined> =>
      (await user.commands({ chat, as }))[0]?.command;

    expect(await shown(ANA, ANA)).toBe('everyone');
    expect(await shown(GROUP, ANA)).toBe('groups');
    expect(await shown(GROUP, BEN)).toBe('ben');
    expect(await shown(GROUP, CLEO)).toBe('admins');
    await api.deleteMyCommands();
    expect(await api.getMyCommands()).toEqual([]);
    expect(await shown(ANA, ANA)).toBeUndefined();
  });

  it.each([
    [[{ command: 'Big', description: 'x' }], 'BOT_COMMAND_INVALID'],
    [[{ command: 'x', description: '' }], 'BOT_COMMAND_DESCRIPTION_INVALID'],
    [Array.from({ length: 101 }, () => ({ command: 'x', description: 'x' })), 'BOT_COMMANDS_TOO_MUCH'],
  ])('refuse bad lists', async (commands, words) => {
    const { api } = await startRunning();

    expect(await refusalOf(api.setMyCommands(commands))).toBe(`400 Bad Request: ${words}`);
  });
});

describe('sendChatAction', () => {
  it('takes the actions that exist', async () => {
    const { api } = await startRunning();

    expect(await api.sendChatAction(ANA, 'typing')).toBe(true);
    expect(await refusalOf(api.sendChatAction(ANA, 'sleeping' as never))).toBe(
      '400 Bad Request: wrong parameter action in request',
    );
  });
});
