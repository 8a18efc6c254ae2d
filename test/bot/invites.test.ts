import { describe, expect, it } from 'vitest';
import { ANA, type BotFixture, EVE, GROUP, startBotFixture } from '#support/bot.ts';

const NO_CODE = 'A'.repeat(32);
const HELP = { kind: 'answer', input: { card: { kind: 'help' } } };

async function inviteOf({ store, deps }: BotFixture, person: string): Promise<string> {
  const { code } = await store.accounts.invite(person, deps.now());
  return `/start inv_${code}`;
}

async function say({ user, deliver }: BotFixture, text: string, from = EVE): Promise<void> {
  await user.send({ from, chat: from, text });
  await deliver();
}

/** What the bot has said and done at Telegram, the asking for news left out. */
async function said({ user }: BotFixture): Promise<readonly string[]> {
  const calls = await user.calls();
  return calls.map(({ method }) => method).filter((method) => !['getMe', 'getUpdates'].includes(method));
}

describe('an invite', () => {
  it('makes a stranger the person it was made for, for good and on record', async () => {
    const fixture = await startBotFixture();

    await say(fixture, await inviteOf(fixture, 'ben'));
    await say(fixture, '/whoami');

    expect(fixture.engine.starts).toMatchObject([
      { input: { ask: { by: { name: 'ben', telegramId: EVE } }, card: { kind: 'help', role: 'responder' } } },
      { input: { card: { kind: 'who_am_i', name: 'ben', role: 'responder', telegramId: EVE } } },
    ]);
    expect(await fixture.audit()).toMatchObject([{ who: 'ben', telegramId: EVE, action: 'bind', outcome: 'done' }]);
    await expect.poll(async () => (await fixture.user.commands({ chat: EVE, as: EVE })).length).toBeGreaterThan(1);
  });

  it.each([
    ['wrong', async () => `/start inv_${NO_CODE}`, 'no such invite'],
    [
      'used by somebody else',
      async (fixture: BotFixture) => {
        const text = await inviteOf(fixture, 'ben');
        const code = text.replace('/start inv_', '');
        await fixture.store.accounts.bind({ code, telegramId: 7, key: 'k', people: ['ben'], now: fixture.deps.now() });
        return text;
      },
      'used already',
    ],
    [
      'too late',
      async (fixture: BotFixture) => {
        const text = await inviteOf(fixture, 'ben');
        await fixture.advance(900_000);
        return text;
      },
      'too late',
    ],
    ['for nobody on the list', async (fixture: BotFixture) => inviteOf(fixture, 'zoe'), 'not on the list any more'],
  ] as const)('that is %s is met with silence, and the record says why', async (_, textOf, why) => {
    const fixture = await startBotFixture();
    const text = await textOf(fixture);

    await say(fixture, text);

    expect(fixture.engine.attempts).toEqual([]);
    expect(await said(fixture)).toEqual([]);
    expect((await fixture.audit()).at(-1)).toMatchObject({
      who: null,
      telegramId: EVE,
      action: 'message',
      outcome: 'refused',
      detail: expect.stringMatching(`^not on the list of people; .*${why}`) as string,
    });
    expect(JSON.stringify(await fixture.store.audit.list({ limit: 9 })) + fixture.log.join('')).not.toContain(
      text.replace('/start inv_', ''),
    );
  });

  it('counts in no group, in no forwarded message, and not among other words', async () => {
    const fixture = await startBotFixture();
    const text = await inviteOf(fixture, 'ben');
    await fixture.user.send({ from: EVE, chat: GROUP, text });
    await fixture.user.send({ from: EVE, chat: EVE, text: `look: ${text}` });
    await fixture.user.send({ from: EVE, chat: EVE, text: `${text} please` });
    await fixture.deliver();
    await fixture.user.send({ from: EVE, chat: EVE, text });
    const [update] = await fixture.api.getUpdates();
    if (!update?.message) throw new Error('no message');
    const origin = { type: 'hidden_user', sender_user_name: 'Ben', date: update.message.date } as const;

    await fixture.accept({ ...update, message: { ...update.message, forward_origin: origin } });

    expect(await fixture.store.accounts.list()).toEqual([]);
    expect(fixture.engine.attempts).toEqual([]);
  });

  it('counts for nobody who writes on behalf of somebody', async () => {
    const fixture = await startBotFixture();
    await fixture.user.send({ from: EVE, chat: EVE, text: await inviteOf(fixture, 'ben') });
    const [update] = await fixture.api.getUpdates();
    if (!update?.message) throw new Error('no message');
    const { message } = update;

    await fixture.accept({ ...update, message: { ...message, via_bot: { id: 9, is_bot: true, first_name: 'b' } } });
    await fixture.accept({ ...update, message: { ...message, business_connection_id: 'b' } });
    await fixture.accept({ ...update, message: { ...message, from: { ...message.from, is_bot: true } } });

    expect(await fixture.store.accounts.list()).toEqual([]);
  });

  it('is not looked at after five wrong ones of an hour, and is after it', async () => {
    const fixture = await startBotFixture();
    for (let n = 0; n < 5; n += 1) await say(fixture, `/start inv_${NO_CODE}`);

    await say(fixture, await inviteOf(fixture, 'ben'));
    expect(await fixture.store.accounts.list()).toEqual([]);
    expect((await fixture.audit()).at(-1)?.detail).toContain('too many tries');
    await fixture.advance(3_600_000);
    await say(fixture, await inviteOf(fixture, 'ben'));

    expect(await fixture.store.accounts.list()).toMatchObject([{ person: 'ben', telegramId: EVE }]);
    expect(await said(fixture)).not.toContain('sendMessage');
  });

  it('is looked at after four wrong ones', async () => {
    const fixture = await startBotFixture();
    for (let n = 0; n < 4; n += 1) await say(fixture, `/start inv_${NO_CODE}`);

    await say(fixture, await inviteOf(fixture, 'ben'));

    expect(await fixture.store.accounts.list()).toMatchObject([{ person: 'ben' }]);
  });

  it('counts once when its update is delivered twice', async () => {
    const fixture = await startBotFixture();
    await fixture.user.send({ from: EVE, chat: EVE, text: await inviteOf(fixture, 'ben') });
    const [update] = await fixture.api.getUpdates();

    for (let times = 0; times < 2; times += 1) if (update) await fixture.accept(update);

    expect(fixture.engine.starts).toMatchObject([HELP]);
    expect(await fixture.audit()).toHaveLength(1);
  });

  it('is as good where SocBot was killed right after it bound, and its update comes again', async () => {
    const fixture = await startBotFixture();
    const { store, deps, bot } = fixture;
    const text = await inviteOf(fixture, 'ben');
    await fixture.user.send({ from: EVE, chat: EVE, text });
    const [update] = await fixture.api.getUpdates();
    if (!update) throw new Error('no update');
    // The list of people is known from before.
    await deps.people();
    const key = `tg-${bot.botInfo.id}-${update.update_id}`;
    const code = text.replace('/start inv_', '');
    await store.accounts.bind({ code, telegramId: EVE, key, people: ['ben'], now: deps.now() });

    await fixture.accept(update);

    expect(fixture.engine.starts).toMatchObject([HELP]);
    expect(await fixture.audit()).toMatchObject([{ action: 'bind', who: 'ben' }]);
  });

  it('changes nothing for somebody who is on the list already', async () => {
    const fixture = await startBotFixture();

    await say(fixture, await inviteOf(fixture, 'ben'), ANA);

    expect(fixture.engine.starts).toMatchObject([{ input: { ask: { by: { name: 'ana' } }, card: { kind: 'help' } } }]);
    expect(await fixture.store.accounts.list()).toEqual([]);
    expect(await fixture.store.accounts.listOpenInvites(fixture.deps.now())).toMatchObject([{ person: 'ben' }]);
  });
});

describe('an account that was unbound', () => {
  it('is not heard any more within a minute, without a restart', async () => {
    const fixture = await startBotFixture();
    await say(fixture, await inviteOf(fixture, 'ben'));
    await fixture.store.accounts.unbind(EVE);

    await fixture.advance(60_000);
    await say(fixture, '/whoami');

    expect(fixture.engine.starts).toMatchObject([HELP]);
    expect((await fixture.audit()).at(-1)).toMatchObject({ outcome: 'refused', detail: 'not on the list of people' });
  });
});
