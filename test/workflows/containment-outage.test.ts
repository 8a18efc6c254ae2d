import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createDesk } from '#bot/desk.ts';
import { type Flow, startApproved, startContainment, stateOf, untilOf } from '#support/containment-flow.ts';
import type { Shown } from '#support/fake-messenger.ts';
import { addressOf, blockPlan, PEOPLE, pressBy, stakesWith } from '#support/soc-requests.ts';
import { startRigOn, type WorkflowRig } from '#support/workflow-rig.ts';
import { rearm } from '#workflows/messages.ts';

const [ANA, ROB] = [PEOPLE.ana.telegramId, PEOPLE.rob.telegramId];

let rig: WorkflowRig;

beforeAll(async () => {
  const started = await startRigOn(inject('temporalAddress'), inject('workflowBundle'));
  // As patient as the bot is, and no more: here nobody answers.
  rig = { ...started, desk: createDesk(started.client) };
});
afterAll(async () => rig.close());

describe('while no worker runs', () => {
  it('keeps a press, and counts it once although it comes on both ways', async () => {
    const target = addressOf(1);
    const flow = await startContainment(rig, blockPlan(target));
    await flow.cardOf((_, shown) => shown.to === ROB);
    await flow.press('rob', 'review');
    await rig.rest();

    const [approved, own] = await Promise.all([
      flow.press('rob', 'approve'),
      rig.desk.press(flow.requestId, pressBy('ana', 'approve')),
    ]);
    await rig.work();
    const state = await flow.told();

    expect([approved, own]).toEqual([{ kind: 'later' }, { kind: 'later' }]);
    expect(state).toMatchObject({ phase: 'done', decision: { kind: 'approved', by: [{ by: 'rob' }] } });
    expect(rig.wall.askedTo(target)).toEqual(['contain']);
  });

  it('keeps a press that comes before the gate has ever been open', async () => {
    const target = addressOf(2);
    await rig.rest();
    const flow = await startContainment(rig, blockPlan(target));

    await flow.handle.signal('pressLater', pressBy('rob', 'refuse'));
    await flow.handle.signal('pressLater', pressBy('rob', 'deny'));
    await rig.work();
    const state = await flow.ended;

    expect(state).toMatchObject({ phase: 'denied', decision: { by: [{ by: 'rob' }] } });
    expect(rig.wall.askedTo(target)).toEqual([]);
  });

  it('lets a deny that was stored first win over an approval, though both wait for the same worker', async () => {
    const target = addressOf(3);
    const flow = await startContainment(rig, blockPlan(target));
    await flow.cardOf((_, shown) => shown.to === ROB);
    await flow.press('ria', 'refuse');
    await flow.press('rob', 'review');
    await rig.rest();

    await flow.handle.signal('pressLater', pressBy('ria', 'deny'));
    await flow.handle.signal('pressLater', pressBy('rob', 'approve'));
    await rig.work();
    const state = await flow.ended;

    expect(state.decision).toMatchObject({ kind: 'denied', by: [{ by: 'ria' }] });
    expect(rig.wall.askedTo(target)).toEqual([]);
  });
});

describe('when all was down at the moment that counted', () => {
  it('lifts a block whose time went by, as soon as a worker is back', async () => {
    const target = addressOf(6);
    const { state, cardOf } = await startApproved(rig, blockPlan(target, { durationMs: 6_000 }));
    await rig.rest();
    await passInstant(untilOf(state));
    const heldBefore = rig.wall.holds(target);

    await rig.work();
    await cardOf(({ phase }, { to }) => phase === 'lifted' && to === ROB);

    expect(heldBefore).not.toBeNull();
    expect(rig.wall.holds(target)).toBeNull();
    expect(rig.wall.askedTo(target)).toEqual(['contain', 'release']);
  });

  it('tells an end that came with its beginning: nothing ran from the order on until the time was up', async () => {
    const target = addressOf(12);
    const goOn = Promise.withResolvers<void>();
    rig.wall.fail('contain', target, async (act) => {
      const answer = act();
      await goOn.promise;
      return answer;
    });
    const flow = await startContainment(rig, blockPlan(target, { durationMs: 3_000 }));
    await flow.approve('rob');
    await expect.poll(() => rig.wall.holds(target)).not.toBeNull();
    const resting = rig.rest();
    goOn.resolve();
    await resting;
    await passInstant(rig.wall.holds(target)?.until ?? '');

    await rig.work();
    const state = await flow.ended;

    expect(state).toMatchObject({
      phase: 'lifted',
      steps: [{ outcome: { outcome: 'done' }, lifted: { order: null } }],
    });
    expect(stateOf(rig.telegram.of(flow.requestId).at(-1) as Shown).phase).toBe('lifted');
    expect(rig.wall.holds(target)).toBeNull();
  });

  it('runs nothing on a press that was stored in time, when no worker was up until after its end', async () => {
    const target = addressOf(7);
    const flow = await startContainment(rig, blockPlan(target), { stakes: stakesWith({ lifeMs: 2_500 }) });
    const card = await flow.cardOf((_, shown) => shown.to === ROB);
    await flow.press('rob', 'review');
    await rig.rest();

    await flow.handle.signal('pressLater', pressBy('rob', 'approve'));
    await passInstant(stateOf(card).expiresAt);
    await rig.work();
    const state = await flow.ended;

    expect(state.phase).toBe('expired');
    expect(rig.wall.askedTo(target)).toEqual([]);
  });
});

async function passInstant(instant: string): Promise<void> {
  await delay(Date.parse(instant) - Date.now() + 100);
}

/** How many activities of a request are under way. */
async function pendingIn({ handle }: Flow): Promise<number | undefined> {
  return (await handle.describe()).raw.pendingActivities?.length;
}

describe('while Telegram is away', () => {
  it('draws the cards again when presses were lost as they were on their way, so that the new ones count', async () => {
    const goOn = rig.telegram.hold();
    const flow = await startContainment(rig, blockPlan(addressOf(4)));
    await expect.poll(async () => pendingIn(flow)).toBe(1);

    await flow.handle.signal(rearm, { from: '2026-03-01T12:00:00.000Z', to: '2026-03-01T12:10:00.000Z' });
    goOn();
    await flow.cardOf((state, shown) => shown.to === ROB && state.rev === 1);
    const outcome = await flow.deny('rob', { rev: 1 });

    expect(outcome).toEqual({ kind: 'recorded', verb: 'deny', missing: 0 });
    await flow.ended;
  });

  it('tells every card of the end, also one that was on its way when another was pressed', async () => {
    const target = addressOf(8);
    const goOn = rig.telegram.hold();
    const flow = await startContainment(rig, blockPlan(target, { durationMs: 3_000 }));

    await flow.approve('rob');
    await expect.poll(() => rig.wall.holds(target)?.by).toBe('ana');
    goOn();
    const lifted = await flow.cardOf(({ phase }) => phase === 'lifted');

    expect(lifted.to).toBe(ANA);
  });

  it.each([
    { name: 'was on its way when the decision fell', isAsked: true, chats: [ROB, ANA], last: 9 },
    { name: 'nobody had begun to post when the decision fell', isAsked: false, chats: [ANA], last: 11 },
  ])('tells a card of the end that came to its chat only after it and $name', async ({ isAsked, chats, last }) => {
    const target = addressOf(last);
    const goOn = rig.telegram.hold();
    const flow = await startContainment(rig, blockPlan(target, { durationMs: 1_000 }));
    if (isAsked) await expect.poll(async () => pendingIn(flow)).toBe(1);

    await flow.approve('rob');
    await expect.poll(() => rig.wall.askedTo(target)).toEqual(['contain', 'release']);
    goOn();
    const isLiftedIn = (chat: number) => flow.cardOf(({ phase }, { to }) => phase === 'lifted' && to === chat);
    await Promise.all(chats.map(isLiftedIn));
    const state = await flow.ended;

    expect(state.phase).toBe('lifted');
  });

  it('leaves no card open whose request was ended in the Temporal UI while it was on its way', async () => {
    const goOn = rig.telegram.hold();
    const flow = await startContainment(rig, blockPlan(addressOf(10)));
    await expect.poll(async () => pendingIn(flow)).toBe(1);

    await flow.handle.cancel();
    goOn();
    await flow.ended.catch(() => undefined);

    expect(flow.phasesIn(ROB)).toEqual(['awaiting_approval', 'withdrawn']);
    expect(flow.phasesIn(ANA)).toEqual(['awaiting_approval', 'withdrawn']);
  });

  it('decides and acts without a word, and shows the end when Telegram is back', async () => {
    const target = addressOf(5);
    const flow = await startContainment(rig, blockPlan(target));
    await flow.cardOf((_, shown) => shown.to === ROB);

    const goOn = rig.telegram.hold();
    await flow.approve('rob');
    await expect.poll(() => rig.wall.holds(target)?.by).toBe('ana');
    goOn();
    await flow.sees('rob', ({ phase }) => phase === 'done');

    expect(rig.wall.askedTo(target)).toEqual(['contain']);
  });
});
