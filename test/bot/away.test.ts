import { describe, expect, it } from 'vitest';
import { createAwayNotice } from '#bot/away.ts';
import { postBlankCard } from '#support/bot-presses.ts';
import { ANA, EVE, GROUP, startBotFixture } from '#support/bot.ts';

describe('while the engine is away', () => {
  it('answers a press once with words, however often the press is offered in vain', async () => {
    const fixture = await startBotFixture();
    const message = await postBlankCard(fixture, ANA);
    const { id } = await fixture.user.press({ from: ANA, chat: ANA, message, button: '✖ Withdraw' });
    const updates = await fixture.api.getUpdates();
    const tell = createAwayNotice(fixture.bot, fixture.deps);

    for (let times = 0; times < 3; times += 1) await tell(updates);

    expect(await fixture.user.findPress(id)).toMatchObject({
      text: '⏳ My engine does not answer. I keep trying; if the card does not change, press again.',
      alert: true,
    });
    expect(await fixture.user.calls({ method: 'answerCallbackQuery' })).toHaveLength(1);
  });

  it('answers /status by itself, once, and says how much waits', async () => {
    const fixture = await startBotFixture();
    await fixture.user.send({ from: ANA, chat: ANA, text: '/ioc 203.0.113.66' });
    await fixture.user.send({ from: ANA, chat: ANA, text: '/status' });
    const updates = await fixture.api.getUpdates();
    const tell = createAwayNotice(fixture.bot, fixture.deps);

    for (let times = 0; times < 3; times += 1) await tell(updates);

    const said = (await fixture.user.messages({ chat: ANA, as: ANA })).filter(({ from }) => from.isBot);
    expect(said.map(({ text }) => text)).toEqual([
      '🔴 SocBot has trouble: Temporal or the store does not answer.\n2 messages wait, none is lost. I keep trying.',
    ]);
  });

  it('says nothing to strangers, and nothing to a status of another bot', async () => {
    const fixture = await startBotFixture();
    const message = await postBlankCard(fixture, GROUP);
    await fixture.user.send({ from: EVE, chat: EVE, text: '/status' });
    await fixture.user.press({ from: EVE, chat: GROUP, message, button: '✖ Withdraw' });
    await fixture.user.send({ from: ANA, chat: ANA, text: '/status@other_bot' });
    await fixture.user.send({ from: ANA, chat: ANA, text: '/statusquo' });
    const before = (await fixture.user.calls({ method: 'sendMessage' })).length;

    await createAwayNotice(fixture.bot, fixture.deps)(await fixture.api.getUpdates());

    expect(await fixture.user.calls({ method: 'sendMessage' })).toHaveLength(before);
    expect(await fixture.user.calls({ method: 'answerCallbackQuery' })).toEqual([]);
  });

  it('does not mind that Telegram is away as well', async () => {
    const fixture = await startBotFixture();
    await fixture.user.send({ from: ANA, chat: ANA, text: '/status' });
    const updates = await fixture.api.getUpdates();
    await fixture.user.setFault({ method: 'sendMessage', kind: 'drop_before' });

    await expect(createAwayNotice(fixture.bot, fixture.deps)(updates)).resolves.toBeUndefined();
  });
});
