import { describe, expect, it } from 'vitest';
import { packButton } from '#domain/button-token.ts';
import { postBlankCard } from '#support/bot-presses.ts';
import { ANA, BEN, CLEO, EVE, GROUP, PEOPLE, startBotFixture } from '#support/bot.ts';

describe('whom the bot hears', () => {
  it('hears a person on the list in their own chat', async () => {
    const { user, deliver, engine } = await startBotFixture();
    await user.send({ from: ANA, chat: ANA, text: '/whoami' });

    await deliver();

    expect(engine.starts).toMatchObject([{ kind: 'answer', input: { card: { kind: 'who_am_i', name: 'ana' } } }]);
  });

  it('answers a stranger with silence, and keeps a record', async () => {
    const { user, deliver, engine, audit } = await startBotFixture();
    const sent = await user.send({ from: EVE, chat: EVE, text: '/ioc 203.0.113.66' });

    await deliver();

    expect(engine.attempts).toEqual([]);
    expect(await user.messages({ chat: EVE, as: EVE })).toEqual([sent]);
    expect(await audit()).toEqual([
      { who: null, telegramId: EVE, action: 'message', outcome: 'refused', detail: 'not on the list of people' },
    ]);
  });

  it('answers the press of a stranger with a toast, and keeps a record', async () => {
    const fixture = await startBotFixture();
    const message = await postBlankCard(fixture, GROUP);
    const pressed = await fixture.user.press({ from: EVE, chat: GROUP, message, button: '✖ Withdraw' });

    await fixture.deliver();

    expect(await fixture.user.findPress(pressed.id)).toMatchObject({
      text: 'Not allowed. Your id was logged.',
      alert: true,
    });
    expect(fixture.engine.presses).toEqual([]);
    expect(await fixture.audit()).toMatchObject([{ telegramId: EVE, action: 'press', outcome: 'refused' }]);
  });

  it('goes by the number, not by the name: a stranger called like an approver is a stranger', async () => {
    const { user, deliver, engine } = await startBotFixture();
    await user.addPerson({ id: 1777, name: 'ben', username: 'ben_soc' });
    await user.send({ from: 1777, chat: 1777, text: '/whoami' });

    await deliver();

    expect(engine.attempts).toEqual([]);
  });

  it.each([
    ['an inline bot', { via_bot: { id: 99, is_bot: true, first_name: 'Helper', username: 'helper_bot' } }],
    ['a business bot', { sender_business_bot: { id: 99, is_bot: true, first_name: 'Desk', username: 'desk_bot' } }],
    ['a business account', { business_connection_id: 'desk' }],
  ])('hears nothing that %s wrote in the name of a person', async (_, behalf) => {
    const { user, api, accept, engine, audit } = await startBotFixture();
    await user.send({ from: ANA, chat: ANA, text: '/block 203.0.113.66 24h' });
    const [update] = await api.getUpdates();
    if (!update?.message) throw new Error('no message');

    await accept({ ...update, message: { ...update.message, ...behalf } });

    expect(engine.attempts).toEqual([]);
    expect(await audit()).toMatchObject([{ telegramId: ANA, outcome: 'refused', detail: 'not a person' }]);
  });

  it('hears nobody when nobody is on the list', async () => {
    const { user, deliver, engine } = await startBotFixture({ access: { people: [], groups: new Set() } });
    await user.send({ from: CLEO, chat: CLEO, text: '/whoami' });

    await deliver();

    expect(engine.attempts).toEqual([]);
  });

  it('does not hear an anonymous admin, whoever it is', async () => {
    const { user, deliver, engine, audit } = await startBotFixture();
    await user.send({ from: ANA, chat: GROUP, text: '/whoami@socbot_range_bot', asAnonymousAdmin: true });

    await deliver();

    expect(engine.attempts).toEqual([]);
    expect(await audit()).toMatchObject([{ outcome: 'refused', detail: 'not a person' }]);
  });

  it('does not hear other bots, not even one with a number on the list', async () => {
    const { accept, engine, audit } = await startBotFixture();
    const from = { id: ANA, is_bot: true, first_name: 'ana' };

    await accept({
      update_id: 1,
      message: { message_id: 1, date: 0, chat: { id: ANA, type: 'private', first_name: 'ana' }, from, text: '/whoami' },
    });

    expect(engine.attempts).toEqual([]);
    expect(await audit()).toMatchObject([{ telegramId: ANA, detail: 'not a person' }]);
  });

  it('does not hear a person whose chat is not theirs', async () => {
    const { accept, engine, audit } = await startBotFixture();
    const from = { id: ANA, is_bot: false, first_name: 'ana' };

    await accept({
      update_id: 1,
      message: { message_id: 1, date: 0, chat: { id: BEN, type: 'private', first_name: 'ben' }, from, text: '/whoami' },
    });

    expect(engine.attempts).toEqual([]);
    expect(await audit()).toMatchObject([{ detail: 'not in their own chat' }]);
  });

  it('records a refused update once, however often it is delivered', async () => {
    const { user, api, accept, audit } = await startBotFixture();
    await user.send({ from: EVE, chat: EVE, text: 'hello' });
    const [update] = await api.getUpdates();

    for (let times = 0; times < 3; times += 1) if (update) await accept(update);

    expect(await audit()).toHaveLength(1);
  });

  it('does nothing when a message is edited into a command', async () => {
    const { user, deliver, engine } = await startBotFixture();
    const { id } = await user.send({ from: ANA, chat: ANA, text: 'good morning' });
    await deliver();
    const before = engine.starts.length;

    await user.send({ from: ANA, chat: ANA, text: '/block 203.0.113.66', editOf: id });
    await deliver();

    expect(engine.starts).toHaveLength(before);
  });
});

describe('groups', () => {
  it('leaves a group that is not on the list, whoever added it', async () => {
    const { user, deliver, audit } = await startBotFixture();
    const { id } = await user.createGroup({ title: 'Elsewhere', members: [ANA, EVE] });
    await user.addBot(id);

    await deliver();

    const { chats } = await user.overview();
    expect(chats.find((chat) => chat.id === id)?.hasBot).toBe(false);
    expect(await audit()).toContainEqual(
      expect.objectContaining({ telegramId: ANA, action: 'membership', outcome: 'refused' }),
    );
  });

  it('stays in a group on the list, where strangers may be as well', async () => {
    const { user, deliver, engine } = await startBotFixture();
    await user.send({ from: EVE, chat: GROUP, text: '/whoami@socbot_range_bot' });
    await user.send({ from: ANA, chat: GROUP, text: '/whoami@socbot_range_bot' });

    await deliver();

    const { chats } = await user.overview();
    expect(chats.find((chat) => chat.id === GROUP)?.hasBot).toBe(true);
    expect(engine.starts).toMatchObject([
      { input: { ask: { by: { name: 'ana' }, chat: { id: GROUP, isPrivate: false } } } },
    ]);
  });

  it('goes along when a group on the list becomes a supergroup, also after a restart', async () => {
    const access = { people: PEOPLE, groups: new Set([-4_000_001]) };
    const { user, deliver, engine, store } = await startBotFixture({ access });
    const { id } = await user.createGroup({ title: 'Small', members: [ANA, BEN] });
    expect(id).toBe(-4_000_001);
    await user.addBot(id);
    const moved = await user.migrate(id);
    await user.send({ from: ANA, chat: moved.id, text: '/whoami@socbot_range_bot' });

    await deliver();

    expect(engine.starts).toMatchObject([{ input: { ask: { chat: { id: moved.id } } } }]);
    expect((await user.overview()).chats.find((chat) => chat.id === moved.id)?.hasBot).toBe(true);
    const restarted = await startBotFixture({ access: { people: PEOPLE, groups: new Set([id]) }, marks: store.marks });
    const from = { id: ANA, is_bot: false, first_name: 'ana' };
    const chat = { id: moved.id, type: 'supergroup', title: 'Small' } as const;
    await restarted.accept({ update_id: 1, message: { message_id: 1, date: 0, chat, from, text: 'good morning' } });
    expect(await restarted.audit()).toEqual([]);
  });
});

describe('buttons', () => {
  const call = { op: 'approve', updateId: 731_000_001, arg: 0, rev: 0 } as const;

  it.each([
    ['no bytes of ours', () => 'approve'],
    ['the right length and no signature', () => 'A'.repeat(31)],
    ['another key', (botId: number) => packButton(call, { keys: [new Uint8Array(32).fill(8)], botId, chat: ANA })],
    ['another chat', (botId: number) => packButton(call, { keys: [new Uint8Array(32).fill(7)], botId, chat: GROUP })],
    [
      'another bot',
      (botId: number) => packButton(call, { keys: [new Uint8Array(32).fill(7)], botId: botId + 1, chat: ANA }),
    ],
    [
      'one letter changed',
      (botId: number) => `B${packButton(call, { keys: [new Uint8Array(32).fill(7)], botId, chat: ANA }).slice(1)}`,
    ],
  ])('refuses a button with %s, says so and records it', async (_, forge) => {
    const fixture = await startBotFixture();
    const message = await postBlankCard(fixture, ANA);
    const data = forge(fixture.bot.botInfo.id);
    const pressed = await fixture.user.press({ from: ANA, chat: ANA, message, button: { data } });

    await fixture.deliver();

    expect(await fixture.user.findPress(pressed.id)).toMatchObject({
      text: 'This button is not valid any more.',
      alert: true,
    });
    expect(fixture.engine.presses).toEqual([]);
    expect(await fixture.audit()).toMatchObject([{ who: 'ana', action: 'press', outcome: 'invalid button' }]);
  });

  it('takes buttons signed with the key before the present one', async () => {
    const keys = [new Uint8Array(32).fill(9), new Uint8Array(32).fill(7)];
    const fixture = await startBotFixture({ keys });
    const message = await postBlankCard(fixture, ANA);
    const data = packButton(call, { keys: keys.slice(1), botId: fixture.bot.botInfo.id, chat: ANA });
    await fixture.user.press({ from: ANA, chat: ANA, message, button: { data } });

    await fixture.deliver();

    expect(fixture.engine.presses).toMatchObject([{ press: { verb: 'approve', by: { name: 'ana' } } }]);
  });

  it('hands a press that is delivered twice on under one id', async () => {
    const fixture = await startBotFixture();
    const message = await postBlankCard(fixture, ANA);
    await fixture.user.press({ from: ANA, chat: ANA, message, button: '✖ Withdraw' });
    const [update] = await fixture.api.getUpdates();

    for (let times = 0; times < 2; times += 1) if (update) await fixture.accept(update);

    const ids = fixture.engine.presses.map(({ press }) => press.pressId);
    expect(new Set(ids)).toEqual(new Set([`cq-${update?.callback_query?.id}`]));
    expect(await fixture.audit()).toHaveLength(1);
  });

  it('does not hear somebody who was taken off the list after the card was posted', async () => {
    const everybody = await startBotFixture({ access: { people: PEOPLE.slice(1), groups: new Set([GROUP]) } });
    const message = await postBlankCard(everybody, GROUP);
    const pressed = await everybody.user.press({ from: ANA, chat: GROUP, message, button: '✖ Withdraw' });

    await everybody.deliver();

    expect(await everybody.user.findPress(pressed.id)).toMatchObject({ text: 'Not allowed. Your id was logged.' });
  });
});
