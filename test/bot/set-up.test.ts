import { describe, expect, it } from 'vitest';
import { showMenus } from '#bot/menu.ts';
import { checkSetUp } from '#bot/self-check.ts';
import { COMMANDS } from '#domain/commands.ts';
import { ANA, BEN, EVE, GROUP, PEOPLE, startBotFixture, VIC } from '#support/bot.ts';

describe('menus', () => {
  it('show everybody what they may use, and strangers the way to help', async () => {
    const { user, api } = await startBotFixture();

    await showMenus(api, PEOPLE);

    const names = async (as: number, chat = as) => (await user.commands({ chat, as })).map(({ command }) => command);
    const namesFor = (...roles: readonly string[]) =>
      COMMANDS.filter(({ role }) => roles.includes(role)).map(({ name }) => name);
    expect(await names(VIC)).toEqual(namesFor('viewer'));
    expect(await names(ANA)).toEqual(namesFor('viewer', 'analyst'));
    expect(await names(BEN)).toEqual(namesFor('viewer', 'analyst', 'responder'));
    expect(await names(EVE)).toEqual(['help']);
    expect(await names(ANA, GROUP)).toEqual(['help']);
  });

  it('go on with the next person when one has never opened the chat', async () => {
    const { user, api } = await startBotFixture();
    await user.addPerson({ id: 1888, name: 'Dan', started: false });

    await showMenus(api, [{ name: 'dan', role: 'admin', telegramIds: [1888] }, ...PEOPLE]);

    expect(await user.commands({ chat: VIC, as: VIC })).not.toEqual([]);
  });
});

describe('the check of how the bot is set up', () => {
  it('finds nothing wrong with a bot as it should be', async () => {
    const { api, bot } = await startBotFixture();

    expect(await checkSetUp(api, bot.botInfo)).toEqual({ stops: [], warnings: [] });
  });

  it('stops the start when a webhook is set', async () => {
    const { api, bot } = await startBotFixture();
    const webhook = { url: 'https://hook.example/', has_custom_certificate: false, pending_update_count: 0 };
    api.config.use(async (prev, method, payload, signal) =>
      method === 'getWebhookInfo' ? ({ ok: true, result: webhook } as never) : prev(method, payload, signal),
    );

    const { stops } = await checkSetUp(api, bot.botInfo);

    expect(stops).toEqual([expect.stringContaining('deleteWebhook')]);
  });

  it('warns of every door that SocBot does not use', async () => {
    const { api, bot } = await startBotFixture();
    const me = {
      ...bot.botInfo,
      can_read_all_group_messages: true,
      supports_inline_queries: true,
      supports_guest_queries: true,
      can_connect_to_business: true,
      can_manage_bots: true,
    };

    const { stops, warnings } = await checkSetUp(api, me);

    expect(stops).toEqual([]);
    expect(warnings).toHaveLength(5);
    expect(warnings.join()).toMatch(/privacy.*inline.*guest.*business.*manage/);
  });
});
