import { describe, expect, it } from 'vitest';
import type { LeaseAct } from '#domain/containment.ts';
import { actDesk, holdFor, LISTED } from '#support/act-desk.ts';
import { answerLost, buildWall, neverCame } from '#support/act-wall.ts';
import { actOf, approvalBy, inMs } from '#support/sealed-orders.ts';
import { addressOf, blockPlan } from '#support/soc-requests.ts';

const TARGET = addressOf(9);
const HOUR_MS = 3_600_000;

/** The same lease for longer, as another request has it. */
function extension(durationMs: number): LeaseAct {
  const plan = blockPlan(TARGET, { durationMs });
  return actOf({ plan, requestId: 'tg-1-2', approvals: [approvalBy('rob', plan, { requestId: 'tg-1-2' })] }, 'tg-1-1');
}

describe('a lease that is made longer', () => {
  it('asks the system once for the later end, under the same lease', async () => {
    const { contain, wall } = await buildWall();
    await contain(actOf());

    for (let attempt = 0; attempt < 3; attempt += 1)
      expect(await contain(extension(2 * HOUR_MS))).toEqual({ isDone: true });

    expect(wall.calls).toEqual(['contain', 'contain']);
    expect(wall.holds(TARGET)).toMatchObject({ leaseId: 'tg-1-1', until: inMs(2 * HOUR_MS) });
  });

  it('asks a plain list nothing: it knows no end', async () => {
    const { contain, readBack, wall } = await buildWall({ isPlainList: true });
    await contain(actOf());

    expect(await contain(extension(2 * HOUR_MS))).toEqual({ isDone: true });

    expect(wall.calls).toEqual(['contain']);
    expect(await readBack(TARGET)).toMatchObject({ until: inMs(2 * HOUR_MS) });
  });

  it('goes on as it was when the call for it never came there', async () => {
    const { contain, wall, store } = await buildWall();
    await contain(actOf());
    wall.fail('contain', neverCame);
    await expect(contain(extension(2 * HOUR_MS))).rejects.toThrow('connection refused');
    wall.heal('contain');

    expect(await store.leases.list()).toMatchObject([{ leaseId: 'tg-1-1' }]);
    expect(await contain(extension(2 * HOUR_MS))).toEqual({ isDone: true });
  });

  it('goes on as it was when it is refused', async () => {
    const people = LISTED.map((person) => (person.name === 'rob' ? { ...person, role: 'viewer' as const } : person));
    const { contain, wall, store } = await buildWall();
    await contain(actOf());

    const answer = await actDesk(store, wall, { people: async () => people }).contain(extension(2 * HOUR_MS));

    expect(answer).toMatchObject({ isDone: false });
    expect(await store.leases.list()).toMatchObject([{ leaseId: 'tg-1-1', state: 'held', until: inMs(HOUR_MS) }]);
  });
});

describe('a system that cannot be read', () => {
  it('is not asked a second time when the answer was lost: only a person can tell', async () => {
    const { contain, wall, records } = await buildWall({ isBlind: true });
    wall.fail('contain', answerLost);
    await expect(contain(actOf())).rejects.toThrow('no answer');
    wall.heal('contain');

    for (let attempt = 0; attempt < 3; attempt += 1)
      expect(await contain(actOf())).toMatchObject({ isDone: false, isUnknown: true });

    expect(wall.calls).toEqual(['contain']);
    expect(await records()).toMatchObject([{ outcome: 'no answer' }, { outcome: 'unknown' }]);
  });

  it('is asked again when the call surely never came there', async () => {
    const { contain, wall } = await buildWall({ isBlind: true });
    wall.fail('contain', neverCame);
    await expect(contain(actOf())).rejects.toThrow('connection refused');
    wall.heal('contain');

    expect(await contain(actOf())).toEqual({ isDone: true });
    expect(wall.calls).toEqual(['contain', 'contain']);
  });

  it('is never read, and known by what the containment index has', async () => {
    const { contain, readBack, release, wall } = await buildWall({ isBlind: true });
    wall.fail('readBack', async () => Promise.reject(new Error('it must not be read')));

    expect(await readBack(TARGET)).toBeNull();
    await contain(actOf());

    expect(await readBack(TARGET)).toMatchObject({ leaseId: 'tg-1-1', until: inMs(HOUR_MS) });
    await release(actOf());
    expect(await readBack(TARGET)).toBeNull();
  });

  it('is not asked for what another lease holds, as far as anybody knows', async () => {
    const { contain, wall, store } = await buildWall({ isBlind: true });
    await holdFor(store, TARGET);

    expect(await contain(actOf())).toMatchObject({ why: 'another request of ria holds it' });

    expect(wall.calls).toEqual([]);
  });

  it('is not asked a second time when it has said yes', async () => {
    const { contain, wall } = await buildWall({ isBlind: true });

    for (let attempt = 0; attempt < 3; attempt += 1) expect(await contain(actOf())).toEqual({ isDone: true });

    expect(wall.calls).toEqual(['contain']);
  });

  it('is called again for a later end, and that no second time when its answer was lost', async () => {
    const { contain, wall } = await buildWall({ isBlind: true });
    await contain(actOf());
    wall.fail('contain', answerLost);
    await expect(contain(extension(2 * HOUR_MS))).rejects.toThrow('no answer');

    expect(await contain(extension(2 * HOUR_MS))).toMatchObject({ isUnknown: true });
    expect(wall.calls).toEqual(['contain', 'contain']);
  });
});
