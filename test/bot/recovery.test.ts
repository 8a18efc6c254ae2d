import { describe, expect, it } from 'vitest';
import { EngineUnavailable } from '#bot/engine-unavailable.ts';
import { createRecovery } from '#bot/recovery.ts';
import { MARKS } from '#store/mark-names.ts';
import { StoreUnavailable } from '#store/store-unavailable.ts';
import { CLEO, startBotFixture } from '#support/bot.ts';

const MINUTE = 60_000;
const WAITING = ['tg-700000001-5', 'tg-700000001-6'];

/** A bot that polled last so long ago, and the engine with two waiting approvals. */
async function startAfterGap(gapMs: number) {
  const fixture = await startBotFixture();
  const from = fixture.deps.now();
  await fixture.store.marks.set(MARKS.lastPoll, from, from);
  await fixture.advance(gapMs);
  const filters: string[] = [];
  fixture.engine.running = (filter) => (filters.push(filter), WAITING);
  return { ...fixture, from, filters, onPoll: createRecovery(fixture.deps, fixture.bot.botInfo.id) };
}

describe('after a time in which nobody listened', () => {
  it('draws every waiting approval anew, once, with the time that was lost', async () => {
    const { onPoll, engine, from, filters, advance } = await startAfterGap(7 * MINUTE);

    for (let polls = 0; polls < 3; polls += 1) {
      await onPoll();
      await advance(30_000);
    }

    expect(filters).toEqual(['SocPhase="awaiting_approval"']);
    expect(engine.rearmed).toMatchObject(WAITING.map((requestId) => ({ requestId, gap: { from } })));
    const [first] = engine.rearmed;
    expect(Date.parse(first?.gap.to ?? '') - Date.parse(from)).toBeGreaterThanOrEqual(7 * MINUTE);
  });

  it('tells one admin, once', async () => {
    const { onPoll, engine } = await startAfterGap(7 * MINUTE);

    await onPoll();
    await onPoll();

    expect(engine.starts).toMatchObject([
      {
        input: {
          ask: { chat: { id: CLEO } },
          card: {
            title: 'Back after 7 min',
            lines: ['2 waiting approvals drawn anew: a press in that time was lost.'],
          },
        },
      },
    ]);
  });

  it('does nothing when presses still live, and nothing at the very first start', async () => {
    const short = await startAfterGap(100_000);
    const first = await startBotFixture();

    await short.onPoll();
    await createRecovery(first.deps, first.bot.botInfo.id)();

    expect([...short.filters, ...short.engine.rearmed, ...first.engine.rearmed]).toEqual([]);
  });

  it('notices a gap while it runs: Telegram was away', async () => {
    const { onPoll, engine, advance } = await startAfterGap(0);
    await onPoll();
    await advance(3 * MINUTE);

    await onPoll();

    expect(engine.rearmed).toHaveLength(2);
  });

  it('tries again when the engine is away, and gives back the time once to each', async () => {
    const { onPoll, engine, advance } = await startAfterGap(7 * MINUTE);
    engine.fail = (requestId) => {
      if (requestId === WAITING[1]) throw new EngineUnavailable('no connection');
    };
    await expect(onPoll()).rejects.toThrow(EngineUnavailable);
    await advance(MINUTE);
    engine.fail = () => undefined;

    await onPoll();

    const gaps = engine.rearmed.map(({ requestId, gap }) => `${requestId} ${gap.from} ${gap.to}`);
    expect(engine.rearmed).toHaveLength(3);
    expect(new Set(gaps).size).toBe(2);
  });

  it('waits like for the engine when the store is away', async () => {
    const { deps } = await startBotFixture();
    const get = async () => {
      throw new StoreUnavailable('SQLITE_BUSY');
    };
    const onPoll = createRecovery({ ...deps, marks: { ...deps.marks, get } }, 1);

    await expect(onPoll()).rejects.toThrow(EngineUnavailable);
  });

  it('keeps the time of the last poll for the next start', async () => {
    const { onPoll, deps, store, advance } = await startAfterGap(0);
    await onPoll();
    await advance(10_000);

    await onPoll();

    const mark = await store.marks.get(MARKS.lastPoll);
    expect(Date.parse(deps.now()) - Date.parse(mark?.value ?? '')).toBeLessThan(10_000);
  });
});
