import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startContainment, stateOf } from '#support/containment-flow.ts';
import type { Shown } from '#support/fake-messenger.ts';
import { addressOf, blockPlan, PEOPLE } from '#support/soc-requests.ts';
import { startRigOn, type WorkflowRig } from '#support/workflow-rig.ts';
import { bringCard } from '#workflows/messages.ts';

const { rob, ria } = PEOPLE;
const ROB = { name: rob.name, telegramId: rob.telegramId };

let rig: WorkflowRig;

beforeAll(async () => {
  rig = await startRigOn(inject('temporalAddress'), inject('workflowBundle'));
});
afterAll(async () => rig.close());

function readerOf({ card }: Shown): string {
  return card.kind === 'containment' ? card.reader : card.kind;
}

describe.concurrent('a card that is brought to the end of its chat', () => {
  it('is a new message with a sound; the old one says so and has nothing to press', async () => {
    const flow = await startContainment(rig, blockPlan(addressOf(1)));
    const old = await flow.sees('rob');

    await flow.handle.signal(bringCard, ROB);
    const moved = await flow.cardOf((_, shown) => readerOf(shown) === 'moved');
    const brought = await flow.cardOf(
      (_, { to, message, edit }) => to === rob.telegramId && message !== old.message && edit === undefined,
    );
    await flow.deny('rob');
    await flow.ended;

    expect(moved).toMatchObject({ to: rob.telegramId, edit: old.message });
    expect(brought).toMatchObject({ isSilent: false, card: { reader: 'approver', person: 'rob' } });
    const ends = rig.telegram.of(flow.requestId).filter((one) => stateOf(one).phase === 'denied');
    expect(ends.filter(({ to }) => to === rob.telegramId).map(({ edit }) => edit)).toEqual([brought.message]);
  });

  it('stays moved when the old one had been pressed on', async () => {
    const flow = await startContainment(rig, blockPlan(addressOf(2)));
    const old = await flow.sees('rob');
    await flow.press('rob', 'review', { card: { chat: rob.telegramId, message: old.message } });

    await flow.handle.signal(bringCard, ROB);
    await flow.cardOf((_, shown) => readerOf(shown) === 'moved');
    await flow.deny('ria');
    await flow.ended;

    const onOld = rig.telegram.of(flow.requestId).filter(({ edit }) => edit === old.message);
    expect(readerOf(onOld.at(-1) as Shown)).toBe('moved');
  });

  it('goes to the account that asked for it; the one in the other chat says so', async () => {
    const flow = await startContainment(rig, blockPlan(addressOf(3)));
    const old = await flow.sees('rob');

    await flow.handle.signal(bringCard, { name: rob.name, telegramId: 2_222 });
    const brought = await flow.cardOf((_, { to }) => to === 2_222);
    const moved = await flow.cardOf((_, shown) => readerOf(shown) === 'moved');
    await flow.deny('ria');
    await flow.ended;

    expect(brought.edit).toBeUndefined();
    expect(moved).toMatchObject({ to: rob.telegramId, edit: old.message });
  });

  it('is nobody’s who has none: neither the requester nor a stranger', async () => {
    const flow = await startContainment(rig, blockPlan(addressOf(4)));
    await flow.sees('ria');
    const before = rig.telegram.of(flow.requestId).length;

    await flow.handle.signal(bringCard, { name: 'vic', telegramId: 44 });
    await flow.handle.signal(bringCard, { name: 'ana', telegramId: 11 });
    await flow.handle.signal(bringCard, { name: ria.name, telegramId: ria.telegramId });
    await flow.cardOf((_, shown) => readerOf(shown) === 'moved');
    const after = rig.telegram.of(flow.requestId).slice(before);
    await flow.press('ana', 'withdraw');
    await flow.ended;

    expect(new Set(after.map(({ to }) => to))).toEqual(new Set([ria.telegramId]));
  });

  it('is brought while a hold goes on, too', async () => {
    const flow = await startContainment(rig, blockPlan(addressOf(5), { durationMs: 4_000 }));
    await flow.sees('rob');
    await flow.approve('rob');
    await flow.told();

    await flow.handle.signal(bringCard, ROB);
    const moved = await flow.cardOf((_, shown) => readerOf(shown) === 'moved');
    const state = await flow.ended;

    expect(moved.to).toBe(rob.telegramId);
    expect(state.phase).toBe('lifted');
  });
});

describe.concurrent('what is held already', () => {
  it('is read before anybody is asked, and on the card', async () => {
    const target = addressOf(11);
    const held = { system: 'wall', target, until: null, by: 'somebody', leaseId: null };
    rig.survey(target, async () => ({ held: [held], unread: ['moat'] }));
    const flow = await startContainment(rig, blockPlan(target));

    const shown = await flow.sees('rob');
    await flow.deny('rob');
    await flow.ended;

    expect(stateOf(shown).impact).toMatchObject({ held: [held], unread: ['moat'] });
  });

  it('is said to be unknown where it could not be read, and nobody waits for it', async () => {
    const target = addressOf(12);
    rig.survey(target, async () => {
      throw new Error('the wall is away');
    });
    const steps = ['wall', 'moat'].map((system) => ({ system, target }));
    const flow = await startContainment(rig, blockPlan(target, { steps }));

    const shown = await flow.sees('rob');
    await flow.deny('rob');
    await flow.ended;

    expect(stateOf(shown).impact).toMatchObject({ held: [], unread: ['wall', 'moat'] });
  });

  it('is waited for no longer than some seconds', async () => {
    const target = addressOf(13);
    const reading = Promise.withResolvers<{ held: []; unread: [] }>();
    rig.survey(target, async () => reading.promise);
    const flow = await startContainment(rig, blockPlan(target));

    const shown = await flow.sees('rob');
    await flow.deny('rob');
    await flow.ended;
    reading.resolve({ held: [], unread: [] });

    expect(stateOf(shown).impact.unread).toEqual(['wall']);
  });

  it('loses no press that comes while it is read: the first card says how it ended', async () => {
    const target = addressOf(14);
    const reading = Promise.withResolvers<{ held: []; unread: [] }>();
    rig.survey(target, async () => reading.promise);
    const flow = await startContainment(rig, blockPlan(target));

    await flow.press('rob', 'refuse');
    const outcome = await flow.press('rob', 'deny');
    reading.resolve({ held: [], unread: [] });
    const state = await flow.ended;

    expect(outcome).toEqual({ kind: 'recorded', verb: 'deny', missing: 0 });
    expect(state.phase).toBe('denied');
    expect(new Set(rig.telegram.of(flow.requestId).map((one) => stateOf(one).phase))).toEqual(new Set(['denied']));
  });
});
