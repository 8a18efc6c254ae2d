import { describe, expect, it } from 'vitest';
import { PLAN } from '#support/bot-presses.ts';
import { ANA, BEN, type BotFixture, CLEO, startBotFixture } from '#support/bot.ts';

const WAITING = 'SocPhase="awaiting_approval" AND SocKind="containment"';
const REQUEST = 'tg-700000001-5';

/** What Ben's command comes to while these requests wait. */
async function afterBen(
  text: string,
  running: readonly string[],
  change: (fixture: BotFixture) => void = () => undefined,
) {
  const fixture = await startBotFixture();
  const filters: string[] = [];
  fixture.engine.running = (filter) => (filters.push(filter), running);
  fixture.engine.planned = { requester: 'ana', requesterId: ANA, plan: PLAN };
  change(fixture);
  await fixture.user.send({ from: BEN, chat: BEN, text });
  await fixture.deliver();
  return { ...fixture, filters };
}

describe('/approve and /deny', () => {
  it.each(['/approve 7K3M', '/approve #7k3m', '/deny 7K3M', '/deny 7K3M because it is ours'])(
    'bring the card to the end of the chat, and decide nothing: %s',
    async (text) => {
      const { engine, filters } = await afterBen(text, [REQUEST]);

      expect(filters).toEqual([`SocRef="7K3M" AND ${WAITING}`]);
      expect(engine.brought).toEqual([{ requestId: REQUEST, reader: { name: 'ben', telegramId: BEN } }]);
      expect(engine.presses).toEqual([]);
      expect(engine.starts).toEqual([]);
    },
  );

  it('need no reference where one request waits', async () => {
    const { engine, filters } = await afterBen('/approve', [REQUEST]);

    expect(filters).toEqual([WAITING]);
    expect(engine.brought).toMatchObject([{ requestId: REQUEST }]);
  });

  it('list them where several wait', async () => {
    const { engine } = await afterBen('/approve', [REQUEST, 'tg-700000001-6']);

    expect(engine.brought).toEqual([]);
    expect(engine.starts).toMatchObject([{ input: { read: { what: 'pending' } } }]);
  });

  it.each([
    ['/approve', 'Nothing waits'],
    ['/approve 7K3M', 'Nothing waits'],
    ['/deny yes', 'No reference'],
    ['/approve " OR SocKind="answer', 'No reference'],
  ])('say so where there is nothing to bring: %s', async (text, title) => {
    const { engine, filters } = await afterBen(text, []);

    expect(engine.starts).toMatchObject([{ input: { card: { tone: 'question', title } } }]);
    expect(engine.brought).toEqual([]);
    expect(filters.join()).not.toContain('answer');
  });

  it('say to whoever asked that somebody else must decide', async () => {
    const { engine } = await afterBen('/approve 7K3M', [REQUEST], ({ engine: of }) => {
      of.planned = { requester: 'ben', requesterId: BEN, plan: PLAN };
    });

    expect(engine.brought).toEqual([]);
    expect(engine.starts).toMatchObject([{ input: { card: { title: 'You asked for this one' } } }]);
  });
});

describe('/oncall', () => {
  const wordsOf = ({ engine }: BotFixture) =>
    engine.starts.flatMap(({ input }) =>
      'card' in input && input.card.kind === 'note' ? [`${input.ask.chat.id}: ${input.card.lines[0]}`] : [],
    );
  const say = async ({ user, deliver }: BotFixture, from: number, text: string) => {
    await user.send({ from, chat: from, text });
    await deliver();
  };

  it('is taken and given away, told to everybody else who may decide', async () => {
    const fixture = await startBotFixture();
    await say(fixture, BEN, '/oncall');
    await say(fixture, BEN, '/oncall take');
    await say(fixture, CLEO, '/oncall TAKE');
    await say(fixture, BEN, '/oncall');
    await say(fixture, CLEO, '/oncall give');

    expect(wordsOf(fixture)).toEqual([
      `${BEN}: Nobody is on call.`,
      `${BEN}: ben is on call now.`,
      `${CLEO}: ben is on call now.`,
      `${CLEO}: cleo is on call now.`,
      `${BEN}: cleo is on call now.`,
      `${BEN}: cleo is on call.`,
      `${CLEO}: Nobody is on call now.`,
      `${BEN}: Nobody is on call now.`,
    ]);
    expect((await fixture.audit()).map(({ who, action }) => `${who} ${action}`)).toEqual([
      'ben on call take',
      'cleo on call take',
      'cleo on call give',
    ]);
  });

  it('is not given away by others, but by an admin', async () => {
    const fixture = await startBotFixture();
    await say(fixture, CLEO, '/oncall take');
    await say(fixture, BEN, '/oncall give');
    expect(fixture.engine.starts.at(-1)).toMatchObject({ input: { card: { title: 'Not yours to give' } } });

    await say(fixture, BEN, '/oncall take');
    await say(fixture, CLEO, '/oncall give');

    expect(wordsOf(fixture).at(-2)).toBe(`${CLEO}: Nobody is on call now.`);
  });
});
