import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startContainment, stateOf } from '#support/containment-flow.ts';
import { addressOf, blockPlan, PEOPLE, stakesWith } from '#support/soc-requests.ts';
import { startRigOverTime } from '#support/workflow-rig.ts';
import { rearm } from '#workflows/messages.ts';

const [ROB, RIA] = [PEOPLE.rob.telegramId, PEOPLE.ria.telegramId];
const [MINUTE_MS, HOUR_MS] = [60_000, 3_600_000];

let rig: Awaited<ReturnType<typeof startRigOverTime>>;

beforeAll(async () => {
  rig = await startRigOverTime(inject('testServerBinary'), inject('workflowBundle'));
});
afterAll(async () => rig.close());

/** The short messages that ring for somebody who has yet to decide. */
function remindersOf(requestId: string): number[] {
  const shown = rig.telegram.of(requestId);
  return shown.flatMap(({ card, to }) => (card.kind === 'containment' && card.reader === 'reminder' ? [to] : []));
}

const LIFE = { stakes: stakesWith({ lifeMs: 30 * MINUTE_MS, windowMs: 10 * MINUTE_MS }) };

describe('an approval, over time', () => {
  it('waits as long as it lives and not longer', async () => {
    const flow = await startContainment(rig, blockPlan(addressOf(1)), LIFE);
    await flow.sees('ria');

    await rig.sleep(29 * MINUTE_MS);
    const saidBefore = new Set(flow.phasesIn(ROB));
    await rig.sleep(2 * MINUTE_MS);
    const state = await flow.ended;

    expect(saidBefore).toEqual(new Set(['awaiting_approval']));
    expect(state.phase).toBe('expired');
    expect(flow.phasesIn(ROB).at(-1)).toBe('expired');
  });

  it('rings for those who may decide at half its life, and for those above them at four fifths', async () => {
    const ADA = { name: 'ada', telegramId: 55 };
    const approvers = [PEOPLE.rob, PEOPLE.ria, ADA].map(({ name, telegramId }) => ({ name, telegramId }));
    const flow = await startContainment(rig, blockPlan(addressOf(3)), { ...LIFE, approvers, escalateTo: [ADA] });
    await flow.cardOf((_, { to }) => to === ADA.telegramId);

    const rung: number[][] = [];
    for (const minutes of [14, 2, 7, 2, 6]) {
      await rig.sleep(minutes * MINUTE_MS);
      rung.push(remindersOf(flow.requestId));
    }
    await flow.ended;

    expect(rung).toEqual([[], [ROB, RIA, 55], [ROB, RIA, 55], [ROB, RIA, 55, 55], [ROB, RIA, 55, 55]]);
    const bell = rig.telegram
      .of(flow.requestId)
      .find(({ card }) => card.kind === 'containment' && card.reader === 'reminder');
    expect(bell).toMatchObject({ isSilent: false, replyTo: expect.any(Number) });
  });

  it('does not ring for who has approved already', async () => {
    const stakes = stakesWith({ ...LIFE.stakes.rule, approvals: 2 });
    const flow = await startContainment(rig, blockPlan(addressOf(4)), { stakes });
    await flow.sees('ria');
    await flow.approve('rob');

    await rig.sleep(16 * MINUTE_MS);
    await flow.deny('ria');
    await flow.ended;

    expect(remindersOf(flow.requestId)).toEqual([RIA]);
  });

  it('lives longer by the time in which presses were lost, and rings later', async () => {
    const flow = await startContainment(rig, blockPlan(addressOf(2)), LIFE);
    await flow.sees('ria');
    await rig.sleep(10 * MINUTE_MS);

    await flow.handle.signal(rearm, { from: '2026-03-01T12:00:00.000Z', to: '2026-03-01T12:20:00.000Z' });
    const renewed = await flow.sees('rob', ({ rev }) => rev === 1);
    await rig.sleep(20 * MINUTE_MS);
    const rungEarly = remindersOf(flow.requestId);
    await rig.sleep(15 * MINUTE_MS);
    const outcome = await flow.deny('rob', { rev: stateOf(renewed).rev });

    expect(rungEarly).toEqual([]);
    expect(outcome.kind).toBe('recorded');
    expect((await flow.ended).phase).toBe('denied');
    expect(remindersOf(flow.requestId)).toEqual([ROB, RIA]);
  });

  it('of two people has its window from the second one on, however long the first has waited', async () => {
    const target = addressOf(5);
    const stakes = stakesWith({ ...LIFE.stakes.rule, approvals: 2 });
    const flow = await startContainment(rig, blockPlan(target), { stakes });
    const at = async () => new Date(await rig.now()).toISOString();
    await flow.approve('rob', { at: await at() });
    await rig.sleep(20 * MINUTE_MS);

    const last = await at();
    await flow.approve('ria', { at: last });
    const state = await flow.told();

    const order = rig.wall.actsOn(target)[0]?.lease.order;
    expect(state.phase).toBe('done');
    expect(order?.notAfter).toBe(new Date(Date.parse(last) + 10 * MINUTE_MS).toISOString());
    expect(order?.until).toBe(new Date(Date.parse(last) + HOUR_MS).toISOString());
  });

  it('that was stored for long is meant for then: its window is from the press on', async () => {
    const target = addressOf(6);
    const flow = await startContainment(rig, blockPlan(target), LIFE);
    const pressed = await rig.now();
    await rig.sleep(5 * MINUTE_MS);

    await flow.approve('rob', { at: new Date(pressed).toISOString() });
    await flow.told();

    const order = rig.wall.actsOn(target)[0]?.lease.order;
    expect(order?.notAfter).toBe(new Date(pressed + 10 * MINUTE_MS).toISOString());
    expect(order?.until).toBe(new Date(pressed + HOUR_MS).toISOString());
  });

  it('is told to have expired also while the record of it cannot be written', async () => {
    const flow = await startContainment(rig, blockPlan(addressOf(7)), LIFE);
    await flow.sees('ria');
    rig.loseNotes(flow.requestId);

    await rig.sleep(31 * MINUTE_MS);
    const told = await flow.sees('ria', ({ phase }) => phase === 'expired');

    expect(stateOf(told).decision).toEqual({ kind: 'expired' });
  });
});

describe('an order that cannot be told of in time', () => {
  it('is not called too late while the system may still be read back', async () => {
    const target = addressOf(8);
    rig.wall.stayUnread(target);
    const stakes = stakesWith({ windowMs: 2 * MINUTE_MS });
    const flow = await startContainment(rig, blockPlan(target), { stakes });
    await flow.sees('rob');
    await flow.approve('rob');
    await expect.poll(() => rig.wall.holds(target)).not.toBeNull();

    await rig.sleep(9 * MINUTE_MS);
    rig.wall.stayUnread(target, false);
    await rig.sleep(MINUTE_MS);
    const state = await flow.told();

    expect(state).toMatchObject({ phase: 'done', steps: [{ outcome: { outcome: 'done' } }] });
  });
});
