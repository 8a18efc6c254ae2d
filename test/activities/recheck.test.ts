import { describe, expect, it } from 'vitest';
import { objectionOnRecord } from '#activities/objection-on-record.ts';
import { formatFreeze } from '#domain/freeze.ts';
import { MARKS } from '#store/mark-names.ts';
import { actDesk, LISTED, openTestStore } from '#support/act-desk.ts';
import { buildWall, sleepInReading } from '#support/act-wall.ts';
import { createFakeResponder } from '#support/fake-responder.ts';
import { actOf, NOW, UNBLOCK } from '#support/sealed-orders.ts';

describe('while the system is being read', () => {
  it('a freeze still stops the call', async () => {
    const { contain, wall, store } = await buildWall();
    const reading = sleepInReading(wall);
    const late = contain(actOf());
    await reading.fallen;
    await store.marks.set(MARKS.freeze, formatFreeze({ by: 'ria', at: NOW, reason: null, thaw: [] }), NOW);

    reading.wake();

    expect(await late).toEqual({ isDone: false, why: 'everything is frozen by ria' });
    expect(wall.calls).not.toContain('contain');
    expect(await store.leases.list()).toEqual([]);
  });

  it('a person who is taken off the list still loses their say', async () => {
    const wall = createFakeResponder();
    const store = await openTestStore();
    let reads = 0;
    const people = async () => {
      reads += 1;
      return reads > 1 ? LISTED.filter(({ name }) => name !== 'rob') : LISTED;
    };

    const answer = await actDesk(store, wall, { people }).contain(actOf());

    expect(answer).toMatchObject({ isDone: false });
    expect(wall.calls).not.toContain('contain');
  });
});

describe('whoever sends orders past the bot', () => {
  it('has nothing carried out that nobody is on record to have asked for', async () => {
    const { audit } = await openTestStore();

    expect(await objectionOnRecord(actOf().order, audit)).toBe('nobody is on record who asked for this block');
  });

  it('does not end a true request by a forged order in its name', async () => {
    const wall = createFakeResponder();
    const store = await openTestStore();
    const { contain } = actDesk(store, wall);

    const forged = await contain(actOf({ notAfter: '2099-01-01T00:00:00.000Z', approvals: [] }));
    const unsealed = await contain(actOf({ requester: 'somebody' }));

    expect([forged.isDone, unsealed.isDone]).toEqual([false, false]);
    expect(await contain(actOf())).toEqual({ isDone: true });
  });

  it('takes nothing away that no lease owes', async () => {
    const wall = createFakeResponder();
    const store = await openTestStore();
    wall.putByHand(actOf().target, {});

    const answer = await actDesk(store, wall).release({ ...actOf(), leaseId: null as unknown as string });

    expect(answer).toEqual({ isDone: false, why: 'no lease owes this' });
    expect(wall.holds(actOf().target)).not.toBeNull();
    expect(await actDesk(store, wall).release(actOf({ plan: UNBLOCK }))).toEqual({ isDone: true });
  });
});
