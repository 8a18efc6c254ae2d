import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { digestOf } from '#domain/containment.ts';
import { startApproved, startContainment, stateOf } from '#support/containment-flow.ts';
import { addressOf, askOf, blockPlan, GROUP, PEOPLE, pressBy } from '#support/soc-requests.ts';
import { startRigOn, type WorkflowRig } from '#support/workflow-rig.ts';
import { containmentState, rearm } from '#workflows/messages.ts';
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

    const { state, requestId, phasesIn } = await startApproved(rig, plan);

    const [act] = rig.wall.actsOn(target);
    expect(rig.wall.askedTo(target)).toEqual(['contain']);
    expect(act?.lease).toMatchObject({
      leaseId: requestId,
      order: { plan, digest: digestOf(plan), requestId, requester: 'ana', approvers: ['rob'], reason: 'calls home' },
    });
    expect(state.phase).toBe('done');
    expect(state.outcomes).toEqual([
      {
        system: 'wall',
        outcome: { outcome: 'done', until: rig.wall.holds(target)?.until, verifiedAt: expect.any(String) },
      },
    ]);
    expect([phasesIn(ROB).at(-1), phasesIn(RIA).at(-1)]).toEqual(['done', 'done']);
    expect(rig.telegram.of(requestId).at(-1)).toMatchObject({ to: ANA, isSilent: false, card: { reader: 'notice' } });
  });

  it('judges by its own clock, whatever a phone says', async () => {
    const { state } = await startApproved(rig, blockPlan(addressOf(3)));

    expect(state.decision).toMatchObject({ kind: 'approved', by: [{ by: 'rob' }] });
    expect(JSON.stringify(state)).not.toContain('1999');
  });

  it('runs nothing when it is denied', async () => {
    const target = addressOf(4);
    const flow = await startContainment(rig, blockPlan(target));

    const outcome = await flow.press('ria', 'deny');
    const state = await flow.ended;

    expect(outcome).toEqual({ kind: 'recorded', verb: 'deny', missing: 0 });
    expect(state).toMatchObject({ phase: 'denied', decision: { kind: 'denied', by: [{ by: 'ria' }] }, outcomes: [] });
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
    const flow = await startContainment(rig, blockPlan(target), { approvalLifeMs: 500 });

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
        action: 'block',
        outcome: 'expired',
        target: target.value,
        digest: digestOf(blockPlan(target)),
      },
    ]);
  });

  it('answers in the group where it was asked, and asks the approvers in private', async () => {
    const flow = await startContainment(rig, blockPlan(addressOf(7)), { ask: askOf({ isPrivate: false }) });

    await flow.cardOf((_, shown) => shown.to === RIA);
    await flow.press('rob', 'deny');
    await flow.ended;

    expect(new Set(rig.telegram.of(flow.requestId).map(({ to }) => to))).toEqual(new Set([GROUP, ROB, RIA]));
  });

  it('does not ask its own author, who may be a responder', async () => {
    const approvers = [PEOPLE.ana, PEOPLE.rob].map(({ name, telegramId }) => ({ name, telegramId }));
    const flow = await startContainment(rig, blockPlan(addressOf(8)), { approvers });

    await flow.cardOf((_, shown) => shown.to === ROB);
    await flow.press('rob', 'deny');
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
    const flow = await startContainment(rig, blockPlan(addressOf(9)), { approvers, approvalLifeMs: 1_500 });

    const state = await flow.ended;

    expect(state.unreachable).toEqual(['gone']);
  });

  it('tells what came of every system, and is not done while one has not done it', async () => {
    const target = addressOf(10);
    rig.moat.fail('contain', target, () => ({ isDone: false, why: 'the moat is full' }));

    const { state } = await startApproved(rig, blockPlan(target, { systems: ['wall', 'moat'] }));

    expect(state.phase).toBe('not_done');
    expect(state.outcomes).toHaveLength(2);
    expect(state.outcomes).toEqual(
      expect.arrayContaining([
        { system: 'wall', outcome: expect.objectContaining({ outcome: 'done' }) },
        { system: 'moat', outcome: { outcome: 'refused', why: 'the moat is full' } },
      ]),
    );
  });
});

describe.concurrent('a press', () => {
  it('of the requester is refused and stays in the history', async () => {
    const target = addressOf(11);
    const flow = await startContainment(rig, blockPlan(target));

    const refused = await flow.press('ana', 'approve');
    await flow.press('rob', 'deny');
    await flow.ended;

    expect(refused).toEqual({ kind: 'own_request' });
    const { events } = await flow.handle.fetchHistory();
    expect(events?.filter((event) => event.workflowExecutionUpdateCompletedEventAttributes)).toHaveLength(2);
    expect(rig.wall.askedTo(target)).toEqual([]);
  });

  it('of somebody without the role is refused, and the gate stays open', async () => {
    const flow = await startContainment(rig, blockPlan(addressOf(12)));

    const refused = await flow.press('vic', 'approve');
    const open = await flow.handle.query(containmentState);
    await flow.press('rob', 'deny');

    expect(refused).toEqual({ kind: 'not_permitted', needs: 'responder' });
    expect(open.decision).toBeNull();
    expect((await flow.ended).decision).toMatchObject({ by: [{ by: 'rob' }] });
  });

  it('that arrives twice, as an update and as a signal, counts once and has one answer', async () => {
    const target = addressOf(13);
    const flow = await startContainment(rig, blockPlan(target));
    const own = pressBy('ana', 'approve');

    const first = await rig.desk.press(flow.requestId, own);
    await flow.handle.signal('pressLater', own);
    const second = await rig.desk.press(flow.requestId, own);
    await flow.press('rob', 'approve');
    await flow.ended;

    expect([first, second]).toEqual([{ kind: 'own_request' }, { kind: 'own_request' }]);
    expect(rig.wall.askedTo(target)).toEqual(['contain']);
  });

  it('that comes as a signal alone decides as well', async () => {
    const target = addressOf(14);
    const flow = await startContainment(rig, blockPlan(target));

    await flow.handle.signal('pressLater', pressBy('ria', 'approve'));
    const state = await flow.ended;

    expect(state).toMatchObject({ phase: 'done', decision: { by: [{ by: 'ria' }] } });
    expect(rig.wall.askedTo(target)).toEqual(['contain']);
  });

  it('on a request that has ended finds it closed', async () => {
    const flow = await startContainment(rig, blockPlan(addressOf(15)));
    await flow.press('rob', 'deny');
    await flow.ended;

    expect(await flow.press('ria', 'approve')).toEqual({ kind: 'closed' });
  });

  it('wins alone: of approve, deny and own approve at one instant, one decides and each is told the truth', async () => {
    const races = Array.from({ length: 6 }, async (_, at) => {
      const target = addressOf(20 + at);
      const flow = await startContainment(rig, blockPlan(target));

      const [approved, denied, own] = await Promise.all([
        flow.press('rob', 'approve'),
        flow.press('ria', 'deny'),
        flow.press('ana', 'approve'),
      ]);
      const { decision } = await flow.ended;

      const told = [approved, denied].map(({ kind }) => kind);
      expect(told.filter((kind) => kind === 'recorded')).toHaveLength(1);
      expect(decision?.kind).toBe(told[0] === 'recorded' ? 'approved' : 'denied');
      expect(['own_request', 'already_decided', 'closed']).toContain(own.kind);
      expect(rig.wall.askedTo(target)).toEqual(decision?.kind === 'approved' ? ['contain'] : []);
    });

    await Promise.all(races);
  });
});

describe.concurrent('a gap in which presses were lost', () => {
  const gap = { from: '2026-03-01T12:00:00.000Z', to: '2026-03-01T12:10:00.000Z' };

  it('moves the deadline, draws the cards anew, and makes presses on the old ones count for nothing', async () => {
    const flow = await startContainment(rig, blockPlan(addressOf(31)));
    const old = await flow.cardOf((_, shown) => shown.to === ROB);

    await flow.handle.signal(rearm, gap);
    const renewed = await flow.cardOf((state, shown) => shown.to === ROB && state.rev === 1);
    const onOld = await flow.press('rob', 'approve', { rev: 0 });
    const onNew = await flow.press('rob', 'deny', { rev: 1 });
    await flow.ended;

    expect(renewed).toMatchObject({ edit: old.message, card: { state: { gap } } });
    expect(Date.parse(stateOf(renewed).expiresAt) - Date.parse(stateOf(old).expiresAt)).toBe(600_000);
    expect(onOld).toEqual({ kind: 'stale_card' });
    expect(onNew).toEqual({ kind: 'recorded', verb: 'deny', missing: 0 });
  });

  it('counts once, however often it is told', async () => {
    const flow = await startContainment(rig, blockPlan(addressOf(32)));

    await flow.handle.signal(rearm, gap);
    await flow.handle.signal(rearm, gap);
    await flow.cardOf((state) => state.rev === 1);
    const { rev } = await flow.handle.query(containmentState);
    await flow.press('rob', 'deny', { rev: 1 });
    const state = await flow.ended;

    expect([rev, state.rev]).toEqual([1, 1]);
  });

  it.each([
    { from: '', to: 'tomorrow' },
    { from: gap.to, to: gap.from },
  ])('that makes no sense takes no time away and breaks nothing: %j', async (nonsense) => {
    const flow = await startContainment(rig, blockPlan(addressOf(33)));
    const { expiresAt } = await flow.handle.query(containmentState);

    await flow.handle.signal(rearm, nonsense);
    await flow.press('rob', 'deny', { rev: 1 });
    const state = await flow.ended;

    expect(state).toMatchObject({ phase: 'denied', expiresAt });
  });
});

describe.concurrent('a request that came late', () => {
  it('asks its author first, and the approvers only then', async () => {
    const target = addressOf(41);
    const flow = await startContainment(rig, blockPlan(target), { isStale: true });

    const question = await flow.cardOf((state) => state.phase === 'still_wanted');
    const shownBefore = rig.telegram.of(flow.requestId).map(({ to }) => to);
    await flow.press('ana', 'confirm');
    await flow.cardOf((state, shown) => state.phase === 'awaiting_approval' && shown.to === ROB);
    await flow.press('rob', 'approve');
    const state = await flow.ended;

    expect(question.to).toBe(ANA);
    expect(shownBefore).toEqual([ANA]);
    expect(state.phase).toBe('done');
  });

  it('lets nobody approve what its author has not confirmed', async () => {
    const target = addressOf(42);
    const flow = await startContainment(rig, blockPlan(target), { isStale: true });

    const early = await flow.press('rob', 'approve');
    await flow.press('ana', 'withdraw');
    const state = await flow.ended;

    expect(early.kind).toBe('stale_card');
    expect(state.phase).toBe('withdrawn');
    expect(rig.wall.askedTo(target)).toEqual([]);
  });

  it('ends unanswered as not executed', async () => {
    const target = addressOf(43);
    const flow = await startContainment(rig, blockPlan(target), { isStale: true, approvalLifeMs: 500 });

    const state = await flow.ended;

    expect(state.phase).toBe('expired');
    expect(rig.telegram.of(flow.requestId).every(({ to }) => to === ANA)).toBe(true);
    expect(rig.wall.askedTo(target)).toEqual([]);
  });
});
