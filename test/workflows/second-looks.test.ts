import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { digestOf } from '#domain/containment.ts';
import { changedPlan } from '#domain/plan-change.ts';
import type { Press } from '#domain/press.ts';
import { type Flow, startContainment, stateOf } from '#support/containment-flow.ts';
import { addressOf, askOf, blockPlan, PEOPLE, stakesWith } from '#support/soc-requests.ts';
import { startRigOn, type WorkflowRig } from '#support/workflow-rig.ts';
import { containmentState } from '#workflows/messages.ts';

const HOUR_MS = 3_600_000;
const TWO = { stakes: stakesWith({ approvals: 2 }) };
const CODE = { stakes: stakesWith({ code: true }) };

let rig: WorkflowRig;

beforeAll(async () => {
  rig = await startRigOn(inject('temporalAddress'), inject('workflowBundle'));
});
afterAll(async () => rig.close());

/** A wish for two days, of which an approver can make an hour (1) or four (2). */
function longPlan(last: number) {
  return blockPlan(addressOf(last), { durationMs: 48 * HOUR_MS });
}

async function narrow(flow: Flow, who: 'rob' | 'ria', arg: number, rest: Partial<Press> = {}) {
  await flow.press(who, 'change', { arg, ...rest });
  return flow.press(who, 'approve', { arg, ...rest });
}

describe.concurrent('a second look', () => {
  it('is shown to the presser alone, and nothing is decided by it', async () => {
    const flow = await startContainment(rig, blockPlan(addressOf(1)));
    await flow.sees('ria');

    const outcome = await flow.press('rob', 'review');
    await flow.sees('rob', ({ reviews }) => reviews['rob']?.page === 'confirm');
    const { decision } = await flow.handle.query(containmentState);
    await flow.press('ana', 'withdraw');
    await flow.ended;

    expect([outcome, decision]).toEqual([{ kind: 'turned' }, null]);
    expect(flow.phasesIn(PEOPLE.ria.telegramId)).toEqual(['awaiting_approval', 'withdrawn']);
  });

  it('must have been opened before anything is approved', async () => {
    const flow = await startContainment(rig, blockPlan(addressOf(2)));

    const outcome = await flow.press('rob', 'approve');
    await flow.press('ana', 'withdraw');

    expect(outcome).toEqual({ kind: 'stale_card' });
    expect((await flow.ended).phase).toBe('withdrawn');
    expect(rig.wall.askedTo(addressOf(2))).toEqual([]);
  });

  it('can be left again, and then counts for nothing', async () => {
    const flow = await startContainment(rig, blockPlan(addressOf(3)));
    await flow.press('rob', 'review');
    await flow.press('rob', 'back');

    const outcome = await flow.press('rob', 'approve');
    await flow.press('ana', 'withdraw');

    expect(outcome).toEqual({ kind: 'stale_card' });
    await flow.ended;
  });

  it('says why it is denied', async () => {
    const flow = await startContainment(rig, blockPlan(addressOf(4)));
    await flow.press('rob', 'refuse');
    await flow.sees('rob', ({ reviews }) => reviews['rob']?.page === 'refuse');

    await flow.press('rob', 'deny', { arg: 3 });

    expect((await flow.ended).decision).toMatchObject({ kind: 'denied', why: 'needs more evidence' });
  });
});

describe.concurrent('a narrower scope', () => {
  it('is a new digest, shown before it counts, and exactly that is carried out', async () => {
    const plan = longPlan(11);
    const flow = await startContainment(rig, plan);
    const narrower = changedPlan(plan, 1);
    if (!narrower) throw new Error('no room');

    await flow.press('rob', 'choose');
    await flow.press('rob', 'change', { arg: 1 });
    await flow.sees('rob', ({ reviews }) => reviews['rob']?.choice === 1);
    const wide = await flow.press('rob', 'approve', { arg: 0 });
    await flow.press('rob', 'approve', { arg: 1 });
    const state = await flow.told();

    expect(wide).toEqual({ kind: 'stale_card' });
    expect(state).toMatchObject({ plan: narrower, asked: plan, digest: digestOf(narrower), choice: 1 });
    expect(digestOf(narrower)).not.toBe(digestOf(plan));
    expect(rig.wall.actsOn(addressOf(11))[0]?.lease.order).toMatchObject({
      plan: narrower,
      digest: digestOf(narrower),
    });
  });

  it('of one system leaves the other alone, and is waited for no longer', async () => {
    const target = addressOf(12);
    const steps = ['wall', 'moat'].map((system) => ({ system, target }));
    const flow = await startContainment(rig, blockPlan(target, { steps, durationMs: HOUR_MS }));

    await narrow(flow, 'rob', 8);
    const state = await flow.told();

    expect(state).toMatchObject({ phase: 'done', plan: { steps: [{ system: 'moat' }] } });
    expect([rig.wall.askedTo(target), rig.moat.askedTo(target)]).toEqual([[], ['contain']]);
  });

  it('takes the earlier approval away: it was for something else', async () => {
    const flow = await startContainment(rig, longPlan(13), TWO);
    await flow.approve('rob');

    const narrowed = await narrow(flow, 'ria', 1);
    const shown = await flow.sees('rob', ({ choice }) => choice === 1);
    const again = await flow.approve('rob', { rev: 1, arg: 1 });
    const state = await flow.told();

    expect(narrowed).toEqual({ kind: 'recorded', verb: 'approve', missing: 1 });
    expect(stateOf(shown)).toMatchObject({ approvedBy: ['ria'], rev: 1 });
    expect(again).toEqual({ kind: 'recorded', verb: 'approve', missing: 0 });
    expect(state.decision).toMatchObject({ by: [{ by: 'ria' }, { by: 'rob' }] });
  });

  it('never adds up with another one', async () => {
    const flow = await startContainment(rig, longPlan(14), TWO);

    const first = await narrow(flow, 'rob', 1);
    const second = await narrow(flow, 'ria', 2, { rev: 1 });
    const { decision, approvedBy } = await flow.handle.query(containmentState);
    await flow.press('ana', 'withdraw');

    expect([first, second]).toMatchObject([{ missing: 1 }, { missing: 1 }]);
    expect([decision, approvedBy]).toEqual([null, ['ria']]);
    expect((await flow.ended).phase).toBe('withdrawn');
    expect(rig.wall.askedTo(addressOf(14))).toEqual([]);
  });
});

describe.concurrent('two approvers', () => {
  it('are two people: the first one twice is refused, and nothing runs until the second', async () => {
    const target = addressOf(21);
    const flow = await startContainment(rig, blockPlan(target), TWO);

    const first = await flow.approve('rob');
    const twice = await flow.approve('rob');
    const before = rig.wall.askedTo(target);
    await flow.sees('ria', ({ approvedBy }) => approvedBy.length === 1);
    const second = await flow.approve('ria');
    const state = await flow.told();

    expect([first, twice, second]).toMatchObject([{ missing: 1 }, { kind: 'second_approver_needed' }, { missing: 0 }]);
    expect(before).toEqual([]);
    expect(state).toMatchObject({ phase: 'done', decision: { by: [{ by: 'rob' }, { by: 'ria' }] } });
    expect(rig.wall.actsOn(target)[0]?.lease.order.approvals.map(({ by }) => by.name)).toEqual(['rob', 'ria']);
  });

  it('are not needed for a deny, which one of them makes after the other has approved', async () => {
    const flow = await startContainment(rig, blockPlan(addressOf(22)), TWO);
    await flow.approve('rob');

    await flow.deny('ria');

    expect((await flow.ended).decision).toMatchObject({ kind: 'denied', by: [{ by: 'ria' }] });
    expect(rig.wall.askedTo(addressOf(22))).toEqual([]);
  });
});

describe.concurrent('a rule with a code', () => {
  it('has the card ask for it, and decides with it alone', async () => {
    const target = addressOf(31);
    const flow = await startContainment(rig, blockPlan(target), CODE);

    const without = await flow.approve('rob');
    await flow.sees('rob', ({ reviews }) => reviews['rob']?.page === 'code');
    const before = rig.wall.askedTo(target);
    const withCode = await flow.press('rob', 'approve', { withCode: true });
    const state = await flow.told();

    expect([without, before]).toEqual([{ kind: 'code_needed' }, []]);
    expect(withCode).toEqual({ kind: 'recorded', verb: 'approve', missing: 0 });
    expect(state.phase).toBe('done');
    expect(rig.wall.actsOn(target)[0]?.lease.order.approvals).toMatchObject([{ withCode: true }]);
  });
});

describe.concurrent('an emergency', () => {
  const ANA = { ...PEOPLE.ana, role: 'responder' } as const;
  const own = { by: ANA, withCode: true } as const;

  it('lets the requester act alone where the policy allows it, with a code', async () => {
    const target = addressOf(41);
    const flow = await startContainment(rig, blockPlan(target), { mayActAlone: true, ask: askOf() });
    await flow.press('ana', 'review', { by: ANA });
    await flow.sees('ana', ({ reviews }) => reviews['ana']?.page === 'confirm');

    const without = await flow.press('ana', 'emergency', { by: ANA });
    await flow.press('ana', 'emergency', own);
    const state = await flow.told();

    expect(without).toEqual({ kind: 'code_needed' });
    expect(state).toMatchObject({ phase: 'done', decision: { by: [{ by: 'ana' }], isAlone: true } });
  });

  it('lets the requester not where the policy does not', async () => {
    const flow = await startContainment(rig, blockPlan(addressOf(42)));
    await flow.press('ana', 'review', { by: ANA });

    const outcome = await flow.press('ana', 'emergency', own);
    await flow.deny('rob');

    expect(outcome).toEqual({ kind: 'own_request' });
    await flow.ended;
    expect(rig.wall.askedTo(addressOf(42))).toEqual([]);
  });
});
