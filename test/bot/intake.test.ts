import type { Update } from 'grammy/types';
import { describe, expect, it, onTestFinished } from 'vitest';
import { EngineUnavailable } from '#bot/engine-unavailable.ts';
import { startIntake } from '#bot/intake.ts';
import { failTimes } from '#support/bot-desk.ts';
import { postBlankCard } from '#support/bot-presses.ts';
import { ANA, BEN, type BotFixture, startBotFixture } from '#support/bot.ts';

type Told = { conflicts: number; unauthorized: number; waiting: (readonly number[])[] };

/** Runs the intake loop over the fixture's bot until the test ends. */
function listen(fixture: BotFixture, changes: Partial<Parameters<typeof startIntake>[0]> = {}) {
  const told: Told = { conflicts: 0, unauthorized: 0, waiting: [] };
  const intake = startIntake({
    api: fixture.bot.api,
    log: fixture.deps.log,
    accept: fixture.accept,
    onPoll: async () => undefined,
    onConflict: async () => void (told.conflicts += 1),
    onWaiting: async (updates) => void told.waiting.push(updates.map((update) => update.update_id)),
    onUnauthorized: () => void (told.unauthorized += 1),
    ...changes,
  });
  onTestFinished(() => intake.stop());
  return { intake, told };
}

async function pendingUpdates({ api }: BotFixture): Promise<number> {
  return (await api.getWebhookInfo()).pending_update_count;
}

const textsOf = ({ engine }: BotFixture) =>
  engine.starts.map(({ input }) => ('read' in input && input.read.what === 'held' ? input.read.query : null));

describe('the intake loop', () => {
  it('L: loses nothing when the engine fails three times, and offers it in the order of arrival', async () => {
    const fixture = await startBotFixture();
    for (const word of ['one', 'two', 'three'])
      await fixture.user.send({ from: ANA, chat: ANA, text: `/blocked ${word}` });
    fixture.engine.fail = failTimes(9);
    const { told } = listen(fixture);

    await fixture.engine.until(() => fixture.engine.starts.length === 3);

    expect(textsOf(fixture)).toEqual(['one', 'two', 'three']);
    expect(told.waiting.length).toBeGreaterThanOrEqual(3);
    expect(fixture.log.join('')).toMatch(/"why":"no connection".*the engine does not answer; updates wait/);
  });

  it('takes what one person wrote in the order of writing, and lets nobody else wait for it', async () => {
    const fixture = await startBotFixture();
    for (const [from, text] of [
      [ANA, '/blocked first'],
      [ANA, '/blocked second'],
      [BEN, '/blocked other'],
    ] as const)
      await fixture.user.send({ from, chat: from, text });
    const goOn = Promise.withResolvers<void>();
    const begun: string[] = [];
    listen(fixture, {
      accept: async ({ message }) => {
        begun.push(message?.text ?? '');
        if (message?.text === '/blocked first') await goOn.promise;
      },
    });

    await expect.poll(() => begun.length).toBe(2);
    const begunMeanwhile = [...begun];
    goOn.resolve();
    await expect.poll(() => begun.length).toBe(3);

    expect(begunMeanwhile).toEqual(['/blocked first', '/blocked other']);
  });

  it('lets nobody wait for a toast that Telegram is slow to take', async () => {
    const fixture = await startBotFixture();
    const message = await postBlankCard(fixture, ANA);
    await fixture.user.setFault({ method: 'answerCallbackQuery', kind: 'delay', delayMs: 60_000, times: 1 });
    listen(fixture);
    await fixture.user.press({ from: ANA, chat: ANA, message, button: '✖ Withdraw' });
    await fixture.engine.until(() => fixture.engine.presses.length === 1);

    await fixture.user.send({ from: BEN, chat: BEN, text: '/whoami' });
    await fixture.engine.until(() => fixture.engine.starts.length === 1);

    expect(fixture.engine.starts).toMatchObject([{ input: { card: { kind: 'who_am_i', name: 'ben' } } }]);
  });

  it('confirms what was accepted, and only that', async () => {
    const fixture = await startBotFixture();
    await fixture.user.send({ from: ANA, chat: ANA, text: '/blocked one' });
    await fixture.user.send({ from: ANA, chat: ANA, text: '/blocked two' });
    await fixture.user.send({ from: ANA, chat: ANA, text: '/blocked three' });
    const [, second] = await fixture.api.getUpdates();
    fixture.engine.fail = (requestId) => {
      if (requestId.endsWith(String(second?.update_id))) throw new EngineUnavailable('no connection');
    };
    const { intake, told } = listen(fixture);

    await fixture.engine.until(() => told.waiting.length > 0 || fixture.engine.attempts.length >= 4);
    await intake.stop();

    expect(textsOf(fixture)).toEqual(['one', 'three']);
    expect(await pendingUpdates(fixture)).toBe(2);
  });

  it('accepts presses before messages: they live for seconds', async () => {
    const fixture = await startBotFixture();
    const message = await postBlankCard(fixture, ANA);
    await fixture.user.send({ from: ANA, chat: ANA, text: '/blocked one' });
    const { id } = await fixture.user.press({ from: ANA, chat: ANA, message, button: '✖ Withdraw' });
    listen(fixture);

    await fixture.engine.until(() => fixture.engine.starts.length === 1);

    expect(fixture.engine.attempts[0]).toBe(`cq-${id}`);
  });

  it('C, M: stopped in the middle of a batch, it confirms only what was accepted', async () => {
    const fixture = await startBotFixture();
    await fixture.user.send({ from: ANA, chat: ANA, text: '/blocked one' });
    await fixture.user.send({ from: ANA, chat: ANA, text: '/blocked two' });
    const held = Promise.withResolvers<void>();
    const entered = Promise.withResolvers<void>();
    const { intake } = listen(fixture, {
      accept: async (update) => {
        if (!update.message?.text?.endsWith('two')) return fixture.accept(update);
        entered.resolve();
        await held.promise;
        throw new EngineUnavailable('no connection');
      },
    });
    await entered.promise;

    const stopped = intake.stop();
    held.resolve();
    await stopped;

    expect(textsOf(fixture)).toEqual(['one']);
    expect(await pendingUpdates(fixture)).toBe(1);
  });

  it('D: takes up after a crash what was not confirmed, and nothing is done twice', async () => {
    const fixture = await startBotFixture();
    await fixture.user.send({ from: ANA, chat: ANA, text: '/blocked one' });
    await fixture.user.send({ from: ANA, chat: ANA, text: '/blocked two' });
    for (const update of await fixture.api.getUpdates()) await fixture.accept(update);
    listen(fixture);

    await fixture.engine.until(() => fixture.engine.attempts.length === 4);

    expect(new Set(fixture.engine.attempts).size).toBe(2);
    expect(textsOf(fixture)).toEqual(['one', 'two']);
  });

  it('A, B: puts an update aside that our own code cannot take, tells its sender, and goes on', async () => {
    const fixture = await startBotFixture();
    fixture.engine.fail = (requestId) => {
      if (requestId.endsWith('1')) throw new TypeError('a mistake of ours');
    };
    await fixture.user.send({ from: ANA, chat: ANA, text: '/blocked poison' });
    await fixture.user.send({ from: ANA, chat: ANA, text: '/blocked two' });
    listen(fixture);

    const told = await fixture.user.waitFor({ chat: ANA, as: ANA }, ({ from }) => from.isBot);
    await fixture.engine.until(() => fixture.engine.starts.length === 1);

    expect(told.text).toBe('Something went wrong with this on my side. It was recorded; nothing was done.');
    expect(textsOf(fixture)).toEqual(['two']);
    expect(fixture.engine.attempts.filter((id) => id.endsWith('1'))).toHaveLength(1);
    expect(await fixture.audit()).toMatchObject([{ telegramId: ANA, action: 'message', outcome: 'set aside' }]);
    expect(fixture.log.join('')).toContain('a mistake of ours');
  });

  it('waits with an update it cannot put aside either, because the store is away', async () => {
    const fixture = await startBotFixture();
    fixture.engine.fail = () => {
      throw new TypeError('a mistake of ours');
    };
    await fixture.user.send({ from: ANA, chat: ANA, text: '/blocked poison' });
    await fixture.store.close();
    const waited = Promise.withResolvers<readonly Update[]>();
    listen(fixture, { onWaiting: async (updates) => waited.resolve(updates) });

    expect(await waited.promise).toHaveLength(1);
    expect(await pendingUpdates(fixture)).toBe(1);
  });

  it('K: notices a second poller, says so, and goes on', async () => {
    const fixture = await startBotFixture();
    const noticed = Promise.withResolvers<void>();
    const { intake } = listen(fixture, { onConflict: async () => noticed.resolve() });
    while ((await fixture.user.calls({ method: 'getUpdates' })).length === 0);
    const thief = new AbortController();
    const stolen = fixture.api.getUpdates({ timeout: 20 }, thief.signal as never).catch(() => 'cut');

    await noticed.promise;

    expect(fixture.log.join('')).toContain('the token is stolen');
    thief.abort();
    expect(await stolen).toBe('cut');
    await intake.stop();
  });

  it('gives up on a token that is not valid', async () => {
    const fixture = await startBotFixture();
    const refused = Promise.withResolvers<void>();
    await fixture.user.setFault({ method: 'getUpdates', kind: 'status', status: 401, description: 'Unauthorized' });

    listen(fixture, { onUnauthorized: refused.resolve });

    await refused.promise;
  });

  it('leaves Telegram alone as long as it asks', async () => {
    const fixture = await startBotFixture();
    await fixture.user.setFault({ method: 'getUpdates', kind: 'status', retryAfter: 3, times: 1 });
    await fixture.user.send({ from: ANA, chat: ANA, text: '/blocked one' });
    listen(fixture);

    await fixture.engine.until(() => fixture.engine.starts.length === 1);

    const [refused, next] = await fixture.user.calls({ method: 'getUpdates' });
    expect(refused).toMatchObject({ ok: false });
    expect(Date.parse(next?.at ?? '') - Date.parse(refused?.at ?? '')).toBeGreaterThanOrEqual(2_900);
  });

  it('goes on when Telegram was away in every way, and asks again for what it may have missed', async () => {
    const fixture = await startBotFixture();
    await fixture.user.send({ from: ANA, chat: ANA, text: '/blocked one' });
    await fixture.user.setFault({ method: 'getUpdates', kind: 'drop_after', times: 1 });
    const { told } = listen(fixture);

    await fixture.engine.until(() => fixture.engine.starts.length === 1);

    expect(textsOf(fixture)).toEqual(['one']);
    expect(told).toEqual({ conflicts: 0, unauthorized: 0, waiting: [] });
    expect(fixture.log.join('')).toContain('Telegram cannot be polled; trying again');
  });

  it('takes updates whose numbers start again lower after a quiet week', async () => {
    const fixture = await startBotFixture();
    const first = { update_id: 900, message: messageOf('/blocked one') };
    const second = { update_id: 3, message: messageOf('/blocked two') };
    const answers: (readonly Update[])[] = [[first], [], [second]];
    const offsets: number[] = [];
    fixture.bot.api.config.use(async (prev, method, payload, signal) => {
      if (method !== 'getUpdates' || offsets.length === 4) return prev(method, payload, signal);
      offsets.push((payload as { offset: number }).offset);
      return { ok: true, result: answers.shift() ?? [] } as never;
    });
    listen(fixture);

    await fixture.engine.until(() => fixture.engine.starts.length === 2);

    expect(offsets.slice(0, 3)).toEqual([0, 901, 0]);
    expect(textsOf(fixture)).toEqual(['one', 'two']);
  });

  it('hears messages, presses and its own standing in chats; no edits, no inline questions', async () => {
    const fixture = await startBotFixture();
    await fixture.user.send({ from: BEN, chat: BEN, text: '/blocked one' });
    listen(fixture);

    await fixture.engine.until(() => fixture.engine.starts.length === 1);

    const [call] = await fixture.user.calls({ method: 'getUpdates' });
    expect(JSON.stringify(call)).toMatch(/message.{1,5}callback_query.{1,5}my_chat_member/);
    expect(JSON.stringify(call)).not.toContain('edited');
  });

  it('says why Telegram cannot be polled, and never tells the token', async () => {
    const fixture = await startBotFixture();
    await fixture.telegram.close();
    const failed = Promise.withResolvers<void>();
    fixture.bot.api.config.use(async (prev, method, payload, signal) => {
      try {
        return await prev(method, payload, signal);
      } finally {
        setImmediate(failed.resolve);
      }
    });
    const { intake } = listen(fixture);

    await failed.promise;
    await intake.stop();

    expect(fixture.log.join('')).toMatch(/"why":"ECONN(REFUSED|RESET)".*Telegram cannot be polled/);
    expect(fixture.log.join('')).not.toContain(fixture.telegram.token.split(':')[1]);
  });
});

function messageOf(text: string): NonNullable<Update['message']> {
  const from = { id: ANA, is_bot: false, first_name: 'ana' };
  const entities = [{ type: 'bot_command' as const, offset: 0, length: text.split(' ')[0]?.length ?? 0 }];
  return { message_id: 1, date: 0, chat: { id: ANA, type: 'private', first_name: 'ana' }, from, text, entities };
}
