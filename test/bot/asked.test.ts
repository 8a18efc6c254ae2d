import { describe, expect, it } from 'vitest';
import { createBusyGauge } from '#bot/busy-gauge.ts';
import { ANA, startBotFixture } from '#support/bot.ts';

describe('what is asked', () => {
  it.each([
    ['/ioc 203.0.113.66', { who: 'ana', action: 'look up', outcome: 'asked' }],
    ['/block 203.0.113.66 1h', { who: 'ana', action: 'block', outcome: 'asked' }],
    ['/block 10.0.0.1', { who: 'ana', action: 'block', outcome: 'refused' }],
  ])('leaves a record: %s', async (text, record) => {
    const fixture = await startBotFixture();
    await fixture.user.send({ from: ANA, chat: ANA, text });

    await fixture.deliver();

    expect(await fixture.audit()).toMatchObject([record]);
  });

  it('is answered all the same when it is more than the engine answers quickly, and says so once', async () => {
    const fixture = await startBotFixture({ busy: createBusyGauge(2) });
    for (const last of [1, 2, 3, 4]) await fixture.user.send({ from: ANA, chat: ANA, text: `/ioc 203.0.113.${last}` });

    await fixture.deliver();

    const kinds = fixture.engine.starts.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'look_up')).toHaveLength(4);
    expect(fixture.engine.starts.filter(({ kind }) => kind === 'answer')).toMatchObject([
      { input: { card: { title: 'Answers take longer' } } },
    ]);
  });
});
