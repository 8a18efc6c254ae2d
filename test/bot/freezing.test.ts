import { describe, expect, it } from 'vitest';
import { EngineUnavailable } from '#bot/engine-unavailable.ts';
import { parseFreeze } from '#domain/freeze.ts';
import { MARKS } from '#store/mark-names.ts';
import { ANA, BEN, type BotFixture, CLEO, startBotFixture } from '#support/bot.ts';

const MINUTE = 60_000;

async function say({ user, deliver }: BotFixture, from: number, text: string): Promise<void> {
  await user.send({ from, chat: from, text });
  await deliver();
}

const notesOf = ({ engine }: BotFixture) =>
  engine.starts.flatMap(({ input }) =>
    'card' in input && input.card.kind === 'note' ? [{ to: input.ask.chat.id, ...input.card }] : [],
  );

async function frozenIn({ store }: BotFixture) {
  const mark = await store.marks.get(MARKS.freeze);
  return mark && parseFreeze(mark.value);
}

describe('/freeze', () => {
  it('is written down, told to all that wait, and to everybody who decides', async () => {
    const fixture = await startBotFixture();

    await say(fixture, BEN, '/freeze wrong list');

    expect(await frozenIn(fixture)).toMatchObject({ by: 'ben', reason: 'wrong list', thaw: [] });
    expect(fixture.engine.freezes).toMatchObject([{ by: 'ben', reason: 'wrong list' }]);
    expect(notesOf(fixture)).toMatchObject([
      { to: BEN, title: '🧊 Frozen', quoted: 'wrong list' },
      { to: CLEO, title: '🧊 Frozen', quoted: 'wrong list' },
    ]);
    expect(await fixture.audit()).toMatchObject([{ who: 'ben', action: 'freeze', detail: 'wrong list' }]);
  });

  it('stands before anybody is told: an engine that is away keeps nothing open', async () => {
    const fixture = await startBotFixture();
    const { freezeWaiting } = fixture.deps.desk;
    fixture.deps.desk.freezeWaiting = async () => {
      throw new EngineUnavailable('no connection');
    };
    await expect(say(fixture, BEN, '/freeze')).rejects.toThrow(EngineUnavailable);

    expect(await frozenIn(fixture)).toMatchObject({ by: 'ben', reason: null });

    fixture.deps.desk.freezeWaiting = freezeWaiting;
    await fixture.deliver();
    expect(fixture.engine.freezes).toMatchObject([{ by: 'ben' }]);
    expect(notesOf(fixture)).toHaveLength(2);
  });

  it('a second time changes nothing: the first one stands', async () => {
    const fixture = await startBotFixture();
    await say(fixture, BEN, '/freeze wrong list');
    await say(fixture, BEN, '/unfreeze');

    await say(fixture, CLEO, '/freeze me too');

    expect(await frozenIn(fixture)).toMatchObject({ by: 'ben', reason: 'wrong list', thaw: [{ by: 'ben' }] });
    expect(notesOf(fixture).at(-1)?.lines.join()).toContain('ben stopped all containments');
  });

  it('refuses what is asked afterwards, and lets go all the same', async () => {
    const fixture = await startBotFixture();
    await say(fixture, BEN, '/freeze');
    fixture.engine.starts.length = 0;

    await say(fixture, ANA, '/block 203.0.113.66');
    await say(fixture, ANA, '/isolate ws-114 worm');
    await say(fixture, ANA, '/release ws-114');
    await say(fixture, ANA, '/unblock 203.0.113.66');

    expect(fixture.engine.starts.map(({ kind }) => kind)).toEqual(['answer', 'answer', 'containment', 'containment']);
    expect(notesOf(fixture)).toMatchObject([
      { objection: 'Everything is frozen by ben.' },
      { objection: 'Everything is frozen by ben.' },
    ]);
  });
});

describe('/unfreeze', () => {
  async function startFrozen() {
    const fixture = await startBotFixture();
    await say(fixture, BEN, '/freeze wrong list');
    fixture.engine.starts.length = 0;
    fixture.engine.freezes.length = 0;
    return fixture;
  }

  it('takes two people; the first is told so, and the others', async () => {
    const fixture = await startFrozen();

    await say(fixture, BEN, '/unfreeze');

    expect(await frozenIn(fixture)).toMatchObject({ thaw: [{ by: 'ben' }] });
    expect(fixture.engine.freezes).toEqual([]);
    expect(notesOf(fixture)).toMatchObject([
      { to: BEN, title: '🧊 Still frozen' },
      { to: CLEO, title: '🧊 Still frozen' },
    ]);
  });

  it('by the second lets go on what waits', async () => {
    const fixture = await startFrozen();
    await say(fixture, BEN, '/unfreeze');

    await say(fixture, CLEO, '/unfreeze');

    expect(await frozenIn(fixture)).toBeNull();
    expect(fixture.engine.freezes).toEqual([null]);
    expect(notesOf(fixture).at(-2)).toMatchObject({ title: 'Going on' });
    expect(notesOf(fixture).at(-1)?.lines.join()).toContain('ben and cleo');
  });

  it('by the same person twice does not count twice', async () => {
    const fixture = await startFrozen();

    await say(fixture, BEN, '/unfreeze');
    await say(fixture, BEN, '/unfreeze');

    expect(await frozenIn(fixture)).toMatchObject({ by: 'ben' });
    expect(fixture.engine.freezes).toEqual([]);
  });

  it('does not count a wish that is older than half an hour', async () => {
    const fixture = await startFrozen();
    await say(fixture, BEN, '/unfreeze');
    await fixture.advance(31 * MINUTE);

    await say(fixture, CLEO, '/unfreeze');

    expect(await frozenIn(fixture)).toMatchObject({ thaw: [{ by: 'cleo' }] });
    expect(fixture.engine.freezes).toEqual([]);
  });

  it('reaches what waits although the engine was away as it ended', async () => {
    const fixture = await startFrozen();
    await say(fixture, BEN, '/unfreeze');
    const { freezeWaiting } = fixture.deps.desk;
    fixture.deps.desk.freezeWaiting = async () => {
      throw new EngineUnavailable('no connection');
    };
    await expect(say(fixture, CLEO, '/unfreeze')).rejects.toThrow(EngineUnavailable);
    fixture.deps.desk.freezeWaiting = freezeWaiting;

    await fixture.deliver();

    expect(await frozenIn(fixture)).toBeNull();
    expect(fixture.engine.freezes).toEqual([null]);
  });

  it('says so where nothing is frozen', async () => {
    const fixture = await startBotFixture();

    await say(fixture, BEN, '/unfreeze');

    expect(notesOf(fixture)).toMatchObject([{ title: 'Nothing is frozen' }]);
  });
});
