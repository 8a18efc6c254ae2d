import { describe, expect, it } from 'vitest';
import { ConnectorError } from '#connectors/errors.ts';
import { digestOf } from '#domain/containment.ts';
import { OURS } from '#support/act-desk.ts';
import { buildWall, callLost } from '#support/act-wall.ts';
import { actOf, approvalBy, BLOCK, inMs, NOW, UNBLOCK } from '#support/sealed-orders.ts';
import { addressOf, blockPlan } from '#support/soc-requests.ts';

const TARGET = addressOf(9);

describe('an act', () => {
  it('reaches its system when everything is as it was approved, and is on record', async () => {
    const { contain, wall, records } = await buildWall();

    expect(await contain(actOf())).toEqual({ isDone: true });

    expect(wall.calls).toEqual(['contain']);
    expect(wall.holds(TARGET)).toMatchObject({ until: inMs(3_600_000), by: 'ana', leaseId: 'tg-1-1' });
    expect(await records()).toMatchObject([
      {
        at: NOW,
        who: 'ana',
        telegramId: 11,
        request: 'tg-1-1',
        action: 'wall.contain',
        target: '203.0.113.9',
        digest: digestOf(BLOCK),
        outcome: 'done',
        detail: 'approved by rob (22); lease tg-1-1',
      },
    ]);
  });

  it('that is refused reaches nothing, and why is on record', async () => {
    const { contain, wall, records } = await buildWall();

    const answer = await contain(actOf({ plan: blockPlan(OURS) }));

    expect(answer).toEqual({ isDone: false, why: expect.stringContaining('our own network') });
    expect(wall.calls).toEqual([]);
    expect(await records()).toMatchObject([
      { action: 'wall.contain', outcome: 'refused', detail: expect.stringContaining('our own network') },
    ]);
  });

  it('is one record however often it is repeated', async () => {
    const { contain, records } = await buildWall();

    for (let repeat = 0; repeat < 3; repeat += 1) await contain(actOf());

    expect(await records()).toHaveLength(1);
  });

  it('is a record of its own when the same lease is made longer', async () => {
    const { contain, records } = await buildWall();
    const plan = blockPlan(TARGET, { durationMs: 7_200_000 });

    await contain(actOf());
    await contain(
      actOf({ plan, requestId: 'tg-1-2', approvals: [approvalBy('rob', plan, { requestId: 'tg-1-2' })] }, 'tg-1-1'),
    );

    expect((await records()).map(({ request, outcome }) => [request, outcome])).toEqual([
      ['tg-1-1', 'done'],
      ['tg-1-2', 'done'],
    ]);
  });

  it('passes on the system’s own no, which leaves nothing behind', async () => {
    const { contain, wall, store, records } = await buildWall();
    wall.refuse('the wall is full');

    expect(await contain(actOf())).toEqual({ isDone: false, why: 'the wall is full' });

    expect(await records()).toMatchObject([{ outcome: 'refused', detail: 'the wall is full' }]);
    expect(await store.leases.list()).toEqual([]);
    expect(await store.leases.countSince(NOW, {})).toBe(0);
  });

  it('fails in words that Temporal understands, and claims no more than that', async () => {
    const { contain, wall, records } = await buildWall();
    wall.fail('contain', callLost);

    await expect(contain(actOf())).rejects.toMatchObject({ type: 'wall.unreachable', nonRetryable: false });

    expect(await records()).toMatchObject([{ outcome: 'no answer' }]);
  });

  it('in a dry run passes through every check and calls nobody', async () => {
    const { contain, release, wall, store, records } = await buildWall({ isDryRun: true });

    expect(await contain(actOf())).toEqual({ isDone: true, isRehearsal: true });
    expect(await contain(actOf({ plan: blockPlan(OURS), requestId: 'tg-1-1' }))).toMatchObject({ isDone: false });
    expect(await release(actOf({ plan: UNBLOCK }))).toEqual({ isDone: true, isRehearsal: true });
    expect(await release(actOf({ plan: UNBLOCK, approvals: [] }))).toMatchObject({ isDone: false });

    expect(wall.calls).toEqual([]);
    expect(await store.leases.list()).toEqual([]);
    expect((await records()).map(({ outcome }) => outcome)).toEqual(['rehearsed', 'refused', 'rehearsed', 'refused']);
  });
});

describe('a read-back', () => {
  it('gives what the system holds, and fails where it cannot be read', async () => {
    const { contain, readBack, wall } = await buildWall();
    expect(await readBack(TARGET)).toBeNull();
    await contain(actOf());

    expect(await readBack(TARGET)).toMatchObject({ until: inMs(3_600_000), by: 'ana', leaseId: 'tg-1-1' });

    wall.fail('readBack', async () => {
      throw new ConnectorError({ connector: 'wall', kind: 'malformed_response', message: 'no list' });
    });
    await expect(readBack(TARGET)).rejects.toMatchObject({ type: 'wall.malformed_response' });
  });

  it('of a list that tells no more than the target is completed from the containment index', async () => {
    const { contain, readBack } = await buildWall({ isPlainList: true });
    await contain(actOf());

    expect(await readBack(TARGET)).toMatchObject({ until: inMs(3_600_000), by: 'ana', leaseId: 'tg-1-1' });
  });

  it('does not say that it is held because the index has it: somebody may have taken it out', async () => {
    const { contain, release, readBack, wall } = await buildWall({ isPlainList: true });
    await contain(actOf());
    await wall.responder.release({ target: TARGET, leaseId: null }, new AbortController().signal);

    expect(await readBack(TARGET)).toBeNull();
    expect(await release(actOf())).toEqual({ isDone: true });
  });

  it('takes an end that is rounded for the one that was given, and no other', async () => {
    const { contain, readBack, wall } = await buildWall();
    await contain(actOf());

    wall.putByHand(TARGET, { leaseId: 'tg-1-1', until: inMs(3_595_000) });
    expect(await readBack(TARGET)).toMatchObject({ until: inMs(3_600_000) });
    wall.putByHand(TARGET, { leaseId: 'tg-1-1', until: inMs(3_540_000) });
    expect(await readBack(TARGET)).toMatchObject({ until: inMs(3_540_000) });
  });

  it('says whose an entry is only where it is SocBot’s', async () => {
    const { contain, readBack, wall } = await buildWall();
    await contain(actOf());
    wall.putByHand(TARGET, { leaseId: 'tg-7-7', until: inMs(3_600_000) });

    expect(await readBack(TARGET)).toMatchObject({ leaseId: 'tg-7-7', by: null });
  });
});
