import { describe, expect, it } from 'vitest';
import { ANA, CLEO, startBotFixture, VIC } from '#support/bot.ts';

async function startsAfter(text: string) {
  const fixture = await startBotFixture();
  await fixture.user.send({ from: ANA, chat: ANA, text });
  await fixture.deliver();
  return fixture.engine.starts;
}

describe('what SocBot tells of itself', () => {
  it('shows on /start and /help what the person may do', async () => {
    for (const text of ['/start', '/start inv_abc', '/help', '/help me']) {
      expect(await startsAfter(text)).toMatchObject([
        { input: { card: { kind: 'help', role: 'analyst', botName: 'socbot_range_bot' } } },
      ]);
    }
  });

  it('tells people who they are', async () => {
    expect(await startsAfter('/whoami')).toMatchObject([
      { input: { card: { kind: 'who_am_i', name: 'ana', role: 'analyst', telegramId: ANA } } },
    ]);
  });

  it('reads its own state, one request, and what waits', async () => {
    expect(await startsAfter('/status')).toMatchObject([{ input: { read: { what: 'status' } } }]);
    expect(await startsAfter('/status #7k3m')).toMatchObject([{ input: { read: { what: 'request', ref: '7K3M' } } }]);
    expect(await startsAfter('/pending')).toMatchObject([{ input: { read: { what: 'pending' } } }]);
  });

  it('explains what a reference looks like', async () => {
    for (const text of ['/status tomorrow', '/cancel 7K3M5', '/status " OR SocPhase="done']) {
      expect(await startsAfter(text)).toMatchObject([{ input: { card: { tone: 'question', title: 'No reference' } } }]);
    }
  });
});

/** The requests of an account that can still be cancelled: what is held by now is let go by asking for it. */
function ownOf(account: number): string {
  return `SocRequester IN ("${account}") AND SocKind!="answer" AND SocPhase IN ("running", "awaiting_approval")`;
}

describe('/cancel', () => {
  it('withdraws the one request that is running', async () => {
    const { user, deliver, engine } = await startBotFixture();
    const filters: string[] = [];
    engine.running = (filter) => (filters.push(filter), ['tg-700000001-5']);
    await user.send({ from: ANA, chat: ANA, text: '/cancel' });

    await deliver();

    expect(filters).toEqual([ownOf(ANA)]);
    expect(engine.presses).toMatchObject([
      { requestId: 'tg-700000001-5', press: { verb: 'withdraw', by: { name: 'ana' } } },
    ]);
    expect(engine.starts).toMatchObject([{ input: { card: { tone: 'ok', title: 'Cancelled' } } }]);
  });

  it('looks at the own requests only, unless an admin asks', async () => {
    const { user, deliver, engine } = await startBotFixture();
    const filters: string[] = [];
    engine.running = (filter) => (filters.push(filter), []);
    await user.send({ from: VIC, chat: VIC, text: '/cancel 7K3M' });
    await user.send({ from: CLEO, chat: CLEO, text: '/cancel 7K3M' });

    await deliver();

    expect(filters).toEqual([`SocRef="7K3M" AND ${ownOf(VIC)}`, 'SocRef="7K3M"']);
  });

  it.each([
    [[], 'Nothing to cancel', 'question'],
    [['tg-700000001-5', 'tg-700000001-6'], 'Cancel which one?', 'question'],
  ] as const)('with %j running asks: %s', async (running, title, tone) => {
    const { user, deliver, engine } = await startBotFixture();
    engine.running = () => running;
    await user.send({ from: ANA, chat: ANA, text: '/cancel' });

    await deliver();

    expect(engine.starts).toMatchObject([{ input: { card: { tone, title } } }]);
    expect(engine.presses).toEqual([]);
  });

  it('names the references to choose from', async () => {
    const { user, deliver, engine } = await startBotFixture();
    engine.running = () => ['tg-700000001-5', 'tg-700000001-6'];
    await user.send({ from: ANA, chat: ANA, text: '/cancel' });

    await deliver();

    expect(engine.starts).toMatchObject([{ input: { card: { lines: [expect.stringMatching(/#\w{4} or #\w{4}/)] } } }]);
  });

  it('does not look like a success when it was none', async () => {
    const { user, deliver, engine } = await startBotFixture();
    engine.running = () => ['tg-700000001-5'];
    engine.pressResult = { kind: 'closed' };
    await user.send({ from: ANA, chat: ANA, text: '/cancel' });

    await deliver();

    expect(engine.starts).toMatchObject([{ input: { card: { tone: 'warning', title: 'Not cancelled' } } }]);
  });
});
