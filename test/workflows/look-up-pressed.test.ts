import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { answer } from '#support/fake-sources.ts';
import { lookUpCardOf, shownState, startLookUp } from '#support/look-up-flow.ts';
import { askOf, lookUpInput, pressBy } from '#support/soc-requests.ts';
import { startRigOn, type WorkflowRig } from '#support/workflow-rig.ts';

let rig: WorkflowRig;

beforeAll(async () => {
  rig = await startRigOn(inject('temporalAddress'), inject('workflowBundle'));
});
afterAll(async () => rig.close());

describe.concurrent('a look-up that is cancelled', () => {
  it('stops waiting for its sources, says so, and ends', async () => {
    const ask = askOf();
    const never = Promise.withResolvers<ReturnType<typeof answer>>();
    rig.sources.script(ask.requestId, 'gamma', async () => never.promise);

    const { ended } = await startLookUp(rig, { ...lookUpInput(ask), firstCardMs: 50 });
    const first = await lookUpCardOf(rig, ask);
    const outcome = await rig.desk.press(ask.requestId, pressBy('ana', 'withdraw'));
    const state = await ended;
    never.resolve(answer('malicious'));

    expect(outcome).toEqual({ kind: 'cancelled' });
    expect(state.phase).toBe('cancelled');
    expect(rig.telegram.of(ask.requestId).at(-1)).toMatchObject({ edit: first.message, card: { state } });
  });

  it('gives up its turn when it waits for a quota', async () => {
    const ask = askOf();
    rig.sources.script(ask.requestId, 'gamma', async () => ({
      kind: 'wait',
      slotAt: new Date(Date.now() + 3_600_000).toISOString(),
    }));

    const { ended } = await startLookUp(rig, { ...lookUpInput(ask), firstCardMs: 50 });
    await lookUpCardOf(rig, ask);
    await rig.desk.press(ask.requestId, pressBy('ana', 'withdraw'));
    await ended;

    expect(rig.leftQuotas).toContain(ask.requestId);
  });

  it('says so too when an engineer ends it in the Temporal UI', async () => {
    const ask = askOf();
    const never = Promise.withResolvers<ReturnType<typeof answer>>();
    rig.sources.script(ask.requestId, 'gamma', async () => never.promise);
    const { ended, handle } = await startLookUp(rig, { ...lookUpInput(ask), firstCardMs: 50 });
    const first = await lookUpCardOf(rig, ask);

    await handle.cancel();
    await ended.catch(() => undefined);
    never.resolve(answer('malicious'));

    const last = rig.telegram.of(ask.requestId).at(-1);
    expect(last).toMatchObject({ edit: first.message, card: { state: { phase: 'cancelled' } } });
    expect((await handle.describe()).status.name).toBe('CANCELLED');
  });

  it('is cancelled by nobody but the person who asked; who tries is told and recorded', async () => {
    const ask = askOf();
    const slow = Promise.withResolvers<void>();
    rig.sources.script(ask.requestId, 'gamma', async () => slow.promise.then(() => answer('no_hits')));

    const { ended, handle } = await startLookUp(rig, lookUpInput(ask));
    const refused = await rig.desk.press(ask.requestId, pressBy('vic', 'withdraw'));
    slow.resolve();
    const state = await ended;

    expect(refused).toEqual({ kind: 'not_permitted', needs: 'requester' });
    expect(state.phase).toBe('done');
    const { events } = await handle.fetchHistory();
    expect(events?.filter((event) => event.workflowExecutionUpdateCompletedEventAttributes)).toHaveLength(1);
  });

  it('cannot be cancelled once it is over', async () => {
    const ask = askOf();
    await (
      await startLookUp(rig, lookUpInput(ask))
    ).ended;

    expect(await rig.desk.press(ask.requestId, pressBy('ana', 'withdraw'))).toEqual({ kind: 'closed' });
  });
});

describe.concurrent('a look-up whose card was unfolded', () => {
  it('stays unfolded when more answers come', async () => {
    const ask = askOf();
    const slow = Promise.withResolvers<ReturnType<typeof answer>>();
    rig.sources.script(ask.requestId, 'gamma', async () => slow.promise);

    const { ended } = await startLookUp(rig, { ...lookUpInput(ask), firstCardMs: 50 });
    await lookUpCardOf(rig, ask);
    await rig.desk.showView(ask.requestId, 'full');
    slow.resolve(answer('malicious'));
    await ended;

    expect(rig.telegram.of(ask.requestId).at(-1)).toMatchObject({ card: { view: 'full', state: { phase: 'done' } } });
  });
});

describe.concurrent('a look-up of many observables', () => {
  it('shows its card before its questions, which would keep it waiting', async () => {
    const ask = askOf();
    const never = Promise.withResolvers<ReturnType<typeof answer>>();
    rig.sources.script(ask.requestId, 'gamma', async () => never.promise);
    const { plans, ...rest } = lookUpInput(ask);
    const [plan] = plans;

    const many = Array.from({ length: 6 }, () => plan).filter((one) => one !== undefined);
    const { ended } = await startLookUp(rig, { ...rest, plans: many, firstCardMs: 60 * 60_000 });
    const first = await lookUpCardOf(rig, ask);
    await rig.desk.press(ask.requestId, pressBy('ana', 'withdraw'));
    await ended;
    never.resolve(answer('no_hits'));

    expect(shownState(first).phase).toBe('running');
    const later = rig.telegram.of(ask.requestId).slice(1);
    expect(new Set(later.map(({ edit }) => edit))).toEqual(new Set([first.message]));
  });

  it('asks before it asks anybody, and goes on when its author says so', async () => {
    const ask = askOf();

    const { ended } = await startLookUp(rig, { ...lookUpInput(ask), asksFirst: true });
    const first = await lookUpCardOf(rig, ask);
    const askedBefore = rig.sources.callsOf(ask.requestId).length;
    const refused = await rig.desk.press(ask.requestId, pressBy('rob', 'confirm'));
    const go = pressBy('ana', 'confirm');
    const confirmed = await rig.desk.press(ask.requestId, go);
    const state = await ended;

    expect([shownState(first).phase, askedBefore]).toEqual(['asks_first', 0]);
    expect(refused).toEqual({ kind: 'not_permitted', needs: 'requester' });
    expect(confirmed).toEqual({ kind: 'recorded', verb: 'confirm', missing: 0 });
    expect(state.phase).toBe('done');
    expect(rig.telegram.of(ask.requestId).at(-1)).toMatchObject({ edit: first.message });
  });

  it('asks nobody when its author thinks better of it', async () => {
    const ask = askOf();

    const { ended } = await startLookUp(rig, { ...lookUpInput(ask), asksFirst: true });
    await lookUpCardOf(rig, ask);
    await rig.desk.press(ask.requestId, pressBy('ana', 'withdraw'));
    const state = await ended;

    expect(state.phase).toBe('cancelled');
    expect(rig.sources.callsOf(ask.requestId)).toEqual([]);
  });
});

it('a look-up ended in the Temporal UI while its first card is on its way has one card, which says so', async () => {
  const ask = askOf();
  const never = Promise.withResolvers<ReturnType<typeof answer>>();
  rig.sources.script(ask.requestId, 'gamma', async () => never.promise);
  const goOn = rig.telegram.hold();
  const { ended, handle } = await startLookUp(rig, { ...lookUpInput(ask), firstCardMs: 50 });
  await expect
    .poll(async () => (await handle.describe()).raw.pendingActivities?.map(({ activityType }) => activityType?.name))
    .toContain('telegram.show');

  await handle.cancel();
  goOn();
  await ended.catch(() => undefined);
  never.resolve(answer('malicious'));

  const [first, ...later] = rig.telegram.of(ask.requestId);
  expect(later).toMatchObject([{ edit: first?.message, card: { state: { phase: 'cancelled' } } }]);
});
