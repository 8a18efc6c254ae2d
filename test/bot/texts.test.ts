import { describe, expect, it } from 'vitest';
import { postBlankCard } from '#support/bot-presses.ts';
import { ANA, BEN, GROUP, startBotFixture, VIC } from '#support/bot.ts';

describe('an unknown command', () => {
  it.each([
    ['/blok 203.0.113.66', ANA, '/block'],
    ['/iocs', ANA, '/ioc'],
    ['/STATUSS', ANA, '/status'],
    ['/bloked', VIC, '/blocked'],
    ['/IOC 203.0.113.66', ANA, '/ioc'],
  ])('is answered with the nearest that the person may use: %s', async (text, from, nearest) => {
    const { user, deliver, engine } = await startBotFixture();
    await user.send({ from, chat: from, text });

    await deliver();

    const [start] = engine.starts;
    expect(start).toMatchObject({ input: { card: { title: 'No such command', quoted: text.split(' ')[0] } } });
    expect(JSON.stringify(start)).toContain(`Did you mean ${nearest}?`);
  });

  it('for another bot is none of ours: no answer, no reaction', async () => {
    const { user, deliver, engine } = await startBotFixture();
    const { id } = await user.send({ from: ANA, chat: ANA, text: '/ioc@other_bot 203.0.113.66' });
    await user.send({ from: ANA, chat: ANA, text: '/nonsense@other_bot' });

    await deliver();

    expect(engine.attempts).toEqual([]);
    expect(await user.calls({ method: 'setMessageReaction' })).toEqual([]);
    expect((await user.messages({ chat: ANA, as: ANA })).find((message) => message.id === id)?.reactions).toEqual([]);
  });
});

describe('the reaction', () => {
  it('tells that a request was accepted', async () => {
    const { user, deliver } = await startBotFixture();
    const { id } = await user.send({ from: ANA, chat: ANA, text: '/ioc 203.0.113.66' });

    await deliver();

    const seen = await user.waitFor({ chat: ANA, as: ANA }, (message) => message.reactions.length > 0);
    expect(seen).toMatchObject({ id, reactions: [{ emoji: '👀' }] });
  });
});

describe('files', () => {
  it('are not kept, and the bot says what helps instead', async () => {
    const { user, deliver, engine } = await startBotFixture();
    await user.upload({ from: ANA, chat: ANA, name: 'invoice.exe', bytes: new Uint8Array(8) });

    await deliver();

    expect(engine.starts).toMatchObject([{ input: { card: { tone: 'warning', title: 'File not kept' } } }]);
    expect(await user.calls({ method: 'getFile' })).toEqual([]);
  });

  it('have captions that are read like text', async () => {
    const { user, deliver, engine } = await startBotFixture();
    await user.upload({ from: ANA, chat: ANA, name: 'a.png', bytes: new Uint8Array(8), caption: 'from 203.0.113.66' });

    await deliver();

    expect(engine.starts).toMatchObject([{ input: { card: { kind: 'offer', found: [{ value: '203.0.113.66' }] } } }]);
  });
});

describe('in a group', () => {
  it('ignores what people say to each other, even when it is shown everything', async () => {
    const { user, deliver, engine } = await startBotFixture();
    await user.addBot(GROUP, 'administrator');
    await user.send({ from: ANA, chat: GROUP, text: '203.0.113.66 is back' });
    await user.send({ from: BEN, chat: GROUP, text: 'mail socbot_range_bot@login.evil.example or @socbot_range_bot2' });
    await user.upload({ from: ANA, chat: GROUP, name: 'a.bin', bytes: new Uint8Array(8), caption: '203.0.113.66' });

    await deliver();

    expect(engine.attempts).toEqual([]);
    expect(await user.calls({ method: 'setMessageReaction' })).toEqual([]);
  });

  it('reads what mentions it, however the name is written', async () => {
    const { user, deliver, engine } = await startBotFixture();
    await user.send({ from: ANA, chat: GROUP, text: '@socbot_range_bot what of 203.0.113.66?' });
    await user.send({ from: ANA, chat: GROUP, text: '@SocBot_Range_Bot login.evil.example' });

    await deliver();

    expect(engine.starts).toMatchObject([
      { input: { card: { kind: 'offer', found: [{ value: '203.0.113.66' }] } } },
      { input: { card: { kind: 'offer', found: [{ value: 'login.evil.example' }] } } },
    ]);
  });

  it('reads answers to its own messages', async () => {
    const fixture = await startBotFixture();
    const card = await postBlankCard(fixture, GROUP);
    await fixture.user.send({ from: ANA, chat: GROUP, text: 'and 203.0.113.67?', replyTo: card });

    await fixture.deliver();

    expect(fixture.engine.starts).toMatchObject([{ input: { card: { found: [{ value: '203.0.113.67' }] } } }]);
  });

  it('ignores forwarded messages', async () => {
    const { user, deliver, engine } = await startBotFixture();
    await user.addBot(GROUP, 'administrator');
    await user.send({ from: ANA, chat: GROUP, text: '/block 203.0.113.66', forwardOf: { name: 'Somebody' } });

    await deliver();

    expect(engine.attempts).toEqual([]);
  });
});
