import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { digestOf } from '#domain/containment.ts';
import { startApproved, startContainment, stateOf } from '#support/containment-flow.ts';
import { addressOf, askOf, blockPlan, GROUP, PEOPLE, stakesWith } from '#support/soc-requests.ts';
import { startRigOn, type WorkflowRig } from '#support/workflow-rig.ts';
import { SocPhase } from '#workflows/search-attributes.ts';

const [ANA, ROB, RIA] = [PEOPLE.ana.telegramId, PEOPLE.rob.telegramId, PEOPLE.ria.telegramId];

let rig: WorkflowRig;

beforeAll(async () => {
  rig = await startRigOn(inject('temporalAddress'), inject('workflowBundle'));
});
afterAll(async () => rig.close());

describe.concurrent('a request for containment', () => {
  it('shows the requester and every approver exactly what would run, and runs nothing', async () => {
    const target = addressOf(1);
    const flow = await startContainment(rig, blockPlan(target));

    await flow.cardOf((state, shown) => state.phase === 'awaiting_approval' && shown.to === RIA);

    const cards = rig.telegram.of(flow.requestId);
    expect(cards.map(({ to, isSilent }) => [to, isSilent])).toEqual([
      [ANA, true],
      [ROB, false],
      [RIA, false],
    ]);
    expect(cards.map(({ card }) => card.kind === 'containment' && card.reader)).toEqual([
      'requester',
      'approver',
      'approver',
    ]);
    for (const card of cards) {
      expect(stateOf(card)).toMatchObject({ plan: blockPlan(target), digest: digestOf(blockPlan(target)), rev: 0 });
    }
    expect(rig.wall.askedTo(target)).toEqual([]);
    await flow.press('ana', 'withdraw');
  });

  it('has exactly the approved plan carried out once, read back, and told to everybody', async () => {
    const target = addressOf(2);
    const plan = blockPlan(target);

    const { state, requestId, sees, phasesIn } = await startApproved(rig, plan);
    await sees('ria', ({ phase }) => phase === 'done');

    const [act] = rig.wall.actsOn(target);
    expect(rig.wall.askedTo(target)).toEqual(['contain']);
    expect(act?.lease).toMatchObject({
      leaseId: requestId,
      order: {
        plan,
        digest: digestOf(plan),
        requestId,
        requester: 'ana',
        approvals: [{ by: PEOPLE.rob }],
        reason: 'calls home',
      },
    });
    expect(state.phase).toBe('done');
    expect(state.steps).toEqual([
      {
        system: 'wall',
        target,
        outcome: { outcome: 'done', until: rig.wall.holds(target)?.until, verifiedAt: expect.any(String) },
      },
    ]);
    expect([phasesIn(ROB).at(-1), phasesIn(RIA).at(-1)]).toEqual(['done', 'done']);
    expect(rig.telegram.of(requestId).at(-1)).toMatchObject({ to: ANA, isSilent: false, card: { reader: 'notice' } });
  });

  it('judges by its own clock, whatever a phone says', async () => {
    const { state } = await startApproved(rig, blockPlan(addressOf(3)));

    expect(state.decision).toMatchObject({ kind: 'approved', by: [{ by: 'rob' }] });
    expect(JSON.stringify(state)).not.toContain('2999');
  });

  it('runs nothing when it is denied', async () => {
    const target = addressOf(4);
    const flow = await startContainment(rig, blockPlan(target));

    const outcome = await flow.deny('ria', { arg: 1 });
    const state = await flow.ended;

    expect(outcome).toEqual({ kind: 'recorded', verb: 'deny', missing: 0 });
    expect(state).toMatchObject({ phase: 'denied', decision: { kind: 'denied', by: [{ by: 'ria' }] } });
    expect(state.decision).toMatchObject({ why: 'false positive' });
    expect(rig.wall.askedTo(target)).toEqual([]);
    const { typedSearchAttributes } = await flow.handle.describe();
    expect(typedSearchAttributes.get(SocPhase)).toBe('denied');
  });

  it('runs nothing when its author takes it back, and does not ring for that', async () => {
    const target = addressOf(5);
    const flow = await startContainment(rig, blockPlan(target));

    await flow.press('ana', 'withdraw');
    const state = await flow.ended;

    expect(state.phase).toBe('withdrawn');
    expect(rig.wall.askedTo(target)).toEqual([]);
    expect(
      rig.telegram.of(flow.requestId).filter(({ card }) => card.kind === 'containment' && card.reader === 'notice'),
    ).toEqual([]);
  });

  it('runs nothing when nobody answers, says so aloud, and keeps a record of it', async () => {
    const target = addressOf(6);
    const flow = await startContainment(rig, blockPlan(target), { stakes: stakesWith({ lifeMs: 500 }) });

    const state = await flow.ended;

    expect(state).toMatchObject({ phase: 'expired', decision: { kind: 'expired' } });
    expect(rig.wall.askedTo(target)).toEqual([]);
    expect(rig.telegram.of(flow.requestId).at(-1)).toMatchObject({
      to: ANA,
      isSilent: false,
      card: { reader: 'notice' },
    });
    expect(rig.notes.filter(({ request }) => request === flow.requestId)).toEqual([
      {
        key: `${flow.requestId}/expired`,
        request: flow.requestId,
        action: 'decide block',
        outcome: 'expired',
        detail: 'by nobody; asked because: calls home',
        target: target.value,
        digest: digestOf(blockPlan(target)),
      },
    ]);
  });

  it('answers in the group where it was asked, and asks the approvers in private', async () => {
    const flow = await startContainment(rig, blockPlan(addressOf(7)), { ask: askOf({ isPrivate: false }) });

    await flow.cardOf((_, shown) => shown.to === RIA);
    await flow.deny('rob');
    await flow.ended;

    expect(new Set(rig.telegram.of(flow.requestId).map(({ to }) => to))).toEqual(new Set([GROUP, ROB, RIA]));
  });

  it('does not ask its own author, who may be a responder', async () => {
    const approvers = [PEOPLE.ana, PEOPLE.rob].map(({ name, telegramId }) => ({ name, telegramId }));
    const flow = await startContainment(rig, blockPlan(addressOf(8)), { approvers });

    await flow.cardOf((_, shown) => shown.to === ROB);
    await flow.deny('rob');
    await flow.ended;

    const readers = rig.telegram
      .of(flow.requestId)
      .map(({ to, card }) => card.kind === 'containment' && `${to} ${card.reader}`);
    expect(readers).not.toContain(`${ANA} approver`);
  });

  it('names the approvers whom Telegram does not let it write to', async () => {
    rig.telegram.block(404);
    const approvers = [
      { name: 'gone', telegramId: 404 },
      { name: 'rob', telegramId: ROB },
    ];
    const flow = await startContainment(rig, blockPlan(addressOf(9)), {
      approvers,
      stakes: stakesWith({ lifeMs: 1_500 }),
    });

    const state = await flow.ended;

    expect(state.unreachable).toEqual(['gone']);
  });
});
