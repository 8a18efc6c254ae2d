import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { LookUpState } from '#domain/investigation.ts';
import { answer } from '#support/fake-sources.ts';
import { askOf, lookUpInput } from '#support/soc-requests.ts';
import { startRigOverTime } from '#support/workflow-rig.ts';
import type { LookUpInput } from '#workflows/messages.ts';

const [MINUTE_MS, HOUR_MS] = [60_000, 3_600_000];

let rig: Awaited<ReturnType<typeof startRigOverTime>>;

beforeAll(async () => {
  rig = await startRigOverTime(inject('testServerBinary'), inject('workflowBundle'));
});
afterAll(async () => rig.close());

describe('a look-up, over time', () => {
  async function start(input: LookUpInput) {
    await rig.desk.startLookUp(input, { ask: input.ask, title: 'Look up' });
    const { requestId } = input.ask;
    await rig.telegram.until(({ card }) => card.kind === 'look_up' && card.ask.requestId === requestId);
    return rig.client.workflow.getHandle<(input: LookUpInput) => Promise<LookUpState>>(requestId).result();
  }
  /** A source that is ready so many milliseconds after it was first asked. */
  function slowly(ms: number) {
    const slotAt = async () => new Date((await rig.now()) + ms).toISOString();
    return async (_: unknown, times: number) =>
      times === 1 ? ({ kind: 'wait', slotAt: await slotAt() } as const) : answer('malicious');
  }
  const views = (requestId: string) =>
    rig.telegram.of(requestId).map(({ card }) => card.kind === 'look_up' && card.view);

  it('rings in private when the last word comes after half a minute, since edits make no sound', async () => {
    const ask = askOf();
    rig.sources.script(ask.requestId, 'beta', slowly(40_000));
    const ended = start({ ...lookUpInput(ask), firstCardMs: 0 });
    await expect.poll(() => rig.sources.callsOf(ask.requestId).length).toBe(3);

    await rig.sleep(MINUTE_MS);
    await ended;

    expect(views(ask.requestId).at(-1)).toBe('notice');
    expect(rig.telegram.of(ask.requestId).at(-1)).toMatchObject({ isSilent: false, replyTo: expect.any(Number) });
  });

  it('does not ring before that, and never in a group', async () => {
    const [quick, inGroup] = [askOf(), askOf({ isPrivate: false })];
    rig.sources.script(quick.requestId, 'beta', slowly(20_000));
    rig.sources.script(inGroup.requestId, 'beta', slowly(40_000));
    const ended = [quick, inGroup].map(async (ask) => start({ ...lookUpInput(ask), firstCardMs: 5_000 }));
    await expect.poll(() => rig.sources.callsOf(inGroup.requestId).length).toBe(3);
    await expect.poll(() => rig.sources.callsOf(quick.requestId).length).toBe(3);

    await rig.sleep(MINUTE_MS);
    await Promise.all(ended);

    expect([...views(quick.requestId), ...views(inGroup.requestId)]).not.toContain('notice');
    expect(views(inGroup.requestId)).toHaveLength(2);
  });

  it('gives up a source that fails again and again, and says which', async () => {
    const ask = askOf();
    rig.sources.script(ask.requestId, 'beta', () => {
      throw new Error('away');
    });
    const ended = start({ ...lookUpInput(ask), firstCardMs: 0 });
    await expect.poll(() => rig.sources.callsOf(ask.requestId).length).toBeGreaterThan(2);

    await rig.sleep(5 * MINUTE_MS);
    const state = await ended;

    expect(state.investigations[0]?.sources.find(({ id }) => id === 'beta')).toMatchObject({
      state: 'silent',
      why: 'late',
    });
  });

  it('is cancelled when nobody gives the go-ahead within an hour', async () => {
    const ask = askOf();
    const ended = start({ ...lookUpInput(ask), asksFirst: true });
    await expect.poll(() => rig.telegram.of(ask.requestId).length).toBe(1);

    await rig.sleep(HOUR_MS + MINUTE_MS);
    const state = await ended;

    expect(state.phase).toBe('cancelled');
    expect(rig.sources.callsOf(ask.requestId)).toEqual([]);
  });
});
