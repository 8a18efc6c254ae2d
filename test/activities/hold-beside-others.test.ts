import { describe, expect, it } from 'vitest';
import { holdFor } from '#support/act-desk.ts';
import { answerLost, buildWall, callLost, LISTS, sleepInReading } from '#support/act-wall.ts';
import { actOf, approvalBy, BLOCK, inMs, NOW } from '#support/sealed-orders.ts';
import { addressOf } from '#support/soc-requests.ts';

const TARGET = addressOf(9);

describe.each(LISTS)('a system that %s', (_, change) => {
  it('is not asked for what another lease holds', async () => {
    const { contain, wall, store } = await buildWall(change);
    await holdFor(store, TARGET);
    wall.putByHand(TARGET, { leaseId: 'tg-1-0' });

    expect(await contain(actOf())).toEqual({ isDone: false, why: 'another request of ria holds it' });

    expect(wall.calls).toEqual([]);
    expect(await store.leases.list()).toMatchObject([{ leaseId: 'tg-1-0', state: 'held' }]);
  });

  it('is asked where the entry of another lease was taken out by hand, and that lease is over', async () => {
    const { contain, wall, store } = await buildWall(change);
    await holdFor(store, TARGET);

    expect(await contain(actOf())).toEqual({ isDone: true });

    expect(wall.calls).toEqual(['contain']);
    expect(await store.leases.list()).toMatchObject([{ leaseId: 'tg-1-1', state: 'held' }]);
    expect(await contain(actOf({}, 'tg-1-0'))).toMatchObject({ isDone: false });
  });

  it('is not asked where another lease has acted since it was read', async () => {
    const { contain, wall, store } = await buildWall(change);
    const other = { requestId: 'tg-1-2', approvals: [approvalBy('rob', BLOCK, { requestId: 'tg-1-2' })] };
    const first = sleepInReading(wall);
    const late = contain(actOf());
    await first.fallen;
    await contain(actOf(other, 'tg-1-2'));

    first.wake();

    expect(await late).toEqual({ isDone: false, why: 'another request of ana holds it' });
    expect(wall.calls).toEqual(['contain']);
    expect(await store.leases.list()).toMatchObject([{ leaseId: 'tg-1-2', state: 'held' }]);
  });

  it('is not asked while another lease is about to act', async () => {
    const { contain, wall, store } = await buildWall(change);
    const other = { system: 'wall', target: 'ipv4:203.0.113.9', leaseId: 'tg-1-0', attempt: 'one', now: NOW };
    await store.leases.begin({ ...other, until: inMs(1), by: 'ria', digest: 'd', place: 0 });

    expect(await contain(actOf())).toMatchObject({ why: 'another request of ria holds it' });

    expect(wall.calls).toEqual([]);
  });

  it('is free for the next request when one was refused after its call was lost on the way', async () => {
    const { contain, wall, store } = await buildWall(change);
    wall.fail('contain', callLost);
    await expect(contain(actOf())).rejects.toThrow('no answer');
    wall.heal('contain');

    expect(await contain(actOf({ notAfter: inMs(-1) }))).toMatchObject({ isDone: false });

    expect(await store.leases.list()).toEqual([]);
    const next = { requestId: 'tg-1-2', approvals: [approvalBy('rob', BLOCK, { requestId: 'tg-1-2' })] };
    expect(await contain(actOf(next, 'tg-1-2'))).toEqual({ isDone: true });
  });

  it('is not closed to a lease by an order that only claims to be of that lease', async () => {
    const { contain } = await buildWall(change);
    expect(await contain(actOf({}, 'tg-1-2'))).toMatchObject({ why: expect.stringContaining('another lease') });

    const own = { requestId: 'tg-1-2', approvals: [approvalBy('rob', BLOCK, { requestId: 'tg-1-2' })] };

    expect(await contain(actOf(own, 'tg-1-2'))).toEqual({ isDone: true });
  });

  it('stays under its lease when the request was refused after the act: its workflow takes that back', async () => {
    const { contain, readBack, release, wall } = await buildWall(change);
    wall.fail('contain', answerLost);
    await expect(contain(actOf())).rejects.toThrow('no answer');

    expect(await contain(actOf({ notAfter: inMs(-1) }))).toMatchObject({ isDone: false });

    expect(await readBack(TARGET)).toMatchObject({ leaseId: 'tg-1-1' });
    await release(actOf());
    expect(wall.holds(TARGET)).toBeNull();
  });
});
