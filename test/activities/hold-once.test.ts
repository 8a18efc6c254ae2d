import { describe, expect, it } from 'vitest';
import { formatFreeze } from '#domain/freeze.ts';
import { MARKS } from '#store/mark-names.ts';
import { holdFor } from '#support/act-desk.ts';
import { answerLost, buildWall, callLost, LISTS, neverCame } from '#support/act-wall.ts';
import { actOf, approvalBy, BLOCK, inMs, NOW } from '#support/sealed-orders.ts';
import { addressOf } from '#support/soc-requests.ts';

const TARGET = addressOf(9);

/** Somebody who is asleep until told. */
function createSleep() {
  const asleep = Promise.withResolvers<void>();
  const woken = Promise.withResolvers<void>();
  return {
    fallen: asleep.promise,
    wake: woken.resolve,
    sleep: async (): Promise<void> => {
      asleep.resolve();
      return woken.promise;
    },
  };
}

describe.each(LISTS)('a system that %s', (_, change) => {
  it('is called once however often it is tried', async () => {
    const { contain, wall } = await buildWall(change);

    for (let attempt = 0; attempt < 5; attempt += 1) expect(await contain(actOf())).toEqual({ isDone: true });

    expect(wall.calls).toEqual(['contain']);
  });

  it('is called once by attempts that come at the same time', async () => {
    const { contain, wall } = await buildWall(change);

    const answers = await Promise.allSettled(Array.from({ length: 8 }, async () => contain(actOf())));

    expect(wall.calls).toEqual(['contain']);
    expect(answers.some(({ status }) => status === 'fulfilled')).toBe(true);
    expect(await contain(actOf())).toEqual({ isDone: true });
  });

  it('is not called again when its answer was lost', async () => {
    const { contain, wall, store } = await buildWall(change);
    wall.fail('contain', answerLost);
    await expect(contain(actOf())).rejects.toMatchObject({ type: 'wall.unreachable' });
    wall.heal('contain');

    expect(await contain(actOf())).toEqual({ isDone: true });

    expect(wall.calls).toEqual(['contain']);
    expect(await store.leases.list()).toMatchObject([{ leaseId: 'tg-1-1', state: 'held' }]);
  });

  it('is called again when the call never came there', async () => {
    const { contain, wall } = await buildWall(change);
    wall.fail('contain', neverCame);
    await expect(contain(actOf())).rejects.toThrow('connection refused');
    wall.heal('contain');

    expect(await contain(actOf())).toEqual({ isDone: true });

    expect(wall.calls).toEqual(['contain', 'contain']);
    expect(wall.holds(TARGET)).not.toBeNull();
  });

  it('keeps what somebody put there by hand: it is not claimed, and not lifted at the end', async () => {
    const { contain, release, wall, store } = await buildWall(change);
    wall.putByHand(TARGET);

    expect(await contain(actOf())).toEqual({ isDone: true, isForeign: true });
    expect(await contain(actOf())).toEqual({ isDone: true, isForeign: true });
    await release(actOf());

    expect(wall.calls).not.toContain('contain');
    expect(wall.holds(TARGET)).toMatchObject({ leaseId: null });
    expect(await store.leases.list()).toEqual([]);
  });

  it('keeps it also when it could not be read at first', async () => {
    const { contain, release, wall } = await buildWall(change);
    wall.putByHand(TARGET);
    wall.fail('readBack', neverCame);
    await expect(contain(actOf())).rejects.toThrow('connection refused');
    wall.heal('readBack');

    expect(await contain(actOf())).toEqual({ isDone: true, isForeign: true });
    await release(actOf());

    expect(wall.holds(TARGET)).toMatchObject({ leaseId: null });
  });

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
    const first = createSleep();
    wall.fail('readBack', async (carryOut) => {
      carryOut();
      wall.heal('readBack');
      await first.sleep();
    });
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

  it('is not asked by a lease that was let go', async () => {
    const { contain, release, wall } = await buildWall(change);
    await contain(actOf());
    await release(actOf());

    expect(await contain(actOf())).toEqual({ isDone: false, why: 'this was refused or let go before' });

    expect(wall.calls).toEqual(['contain', 'release']);
  });

  it('is not called by an attempt that was asleep between reading and calling', async () => {
    const { contain, wall } = await buildWall(change);
    const first = createSleep();
    wall.fail('readBack', async (carryOut) => {
      carryOut();
      wall.heal('readBack');
      await first.sleep();
    });
    const late = contain(actOf());
    await first.fallen;

    expect(await contain(actOf())).toEqual({ isDone: true });
    first.wake();

    expect(await late).toEqual({ isDone: true });
    expect(wall.calls).toEqual(['contain']);
  });

  it('is not called by one whose place a later one has taken just before the call', async () => {
    const { contain, release, wall } = await buildWall(change);
    wall.fail('contain', callLost);
    await expect(contain(actOf())).rejects.toThrow('no answer');
    wall.heal('contain');
    const second = createSleep();
    let reads = 0;
    wall.fail('readBack', async (carryOut) => {
      carryOut();
      reads += 1;
      if (reads === 2) await second.sleep();
    });
    const late = contain(actOf());
    await second.fallen;
    await contain(actOf());
    await release(actOf());

    second.wake();

    await expect(late).rejects.toMatchObject({ type: 'wall.superseded', nonRetryable: false });
    expect(wall.calls).toEqual(['contain', 'contain', 'release']);
    expect(wall.holds(TARGET)).toBeNull();
  });

  it('is not called by one that wakes up when all is over', async () => {
    const { contain, release, wall } = await buildWall(change);
    const first = createSleep();
    wall.fail('readBack', async (carryOut) => {
      carryOut();
      wall.heal('readBack');
      await first.sleep();
    });
    const late = contain(actOf());
    await first.fallen;
    await contain(actOf());
    await release(actOf());

    first.wake();

    expect(await late).toMatchObject({ isDone: false });
    expect(wall.calls).toEqual(['contain', 'release']);
    expect(wall.holds(TARGET)).toBeNull();
  });

  it('is not called by one whose request was refused since', async () => {
    const { contain, wall, store } = await buildWall(change);
    const first = createSleep();
    wall.fail('readBack', async (carryOut) => {
      carryOut();
      wall.heal('readBack');
      await first.sleep();
    });
    const late = contain(actOf());
    await first.fallen;
    await store.marks.set(MARKS.freeze, formatFreeze({ by: 'ria', at: NOW, reason: null, thaw: [] }), NOW);
    expect(await contain(actOf())).toMatchObject({ isDone: false, why: 'everything is frozen by ria' });

    first.wake();

    expect(await late).toMatchObject({ isDone: false });
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
