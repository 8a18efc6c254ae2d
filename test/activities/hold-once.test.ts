import { describe, expect, it } from 'vitest';
import { formatFreeze } from '#domain/freeze.ts';
import { MARKS } from '#store/mark-names.ts';
import { answerLost, buildWall, callLost, createSleep, LISTS, neverCame, sleepInReading } from '#support/act-wall.ts';
import { actOf, NOW } from '#support/sealed-orders.ts';
import { addressOf } from '#support/soc-requests.ts';

const TARGET = addressOf(9);

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

  it('is not asked by a lease that was let go', async () => {
    const { contain, release, wall } = await buildWall(change);
    await contain(actOf());
    await release(actOf());

    expect(await contain(actOf())).toEqual({ isDone: false, why: 'this was refused or let go before' });

    expect(wall.calls).toEqual(['contain', 'release']);
  });

  it('is not called by an attempt that was asleep between reading and calling', async () => {
    const { contain, wall } = await buildWall(change);
    const first = sleepInReading(wall);
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
    const first = sleepInReading(wall);
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
    const first = sleepInReading(wall);
    const late = contain(actOf());
    await first.fallen;
    await store.marks.set(MARKS.freeze, formatFreeze({ by: 'ria', at: NOW, reason: null, thaw: [] }), NOW);
    expect(await contain(actOf())).toMatchObject({ isDone: false, why: 'everything is frozen by ria' });

    first.wake();

    expect(await late).toMatchObject({ isDone: false });
    expect(wall.calls).toEqual([]);
  });
});
