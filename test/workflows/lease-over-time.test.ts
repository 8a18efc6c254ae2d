import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Observable } from '#domain/observable.ts';
import { stateOf } from '#support/containment-flow.ts';
import { faultOf } from '#support/fake-messenger.ts';
import { orderFor, startLease } from '#support/lease-flow.ts';
import { addressOf, PEOPLE } from '#support/soc-requests.ts';
import { startRigOverTime } from '#support/workflow-rig.ts';

const [MINUTE_MS, HOUR_MS] = [60_000, 3_600_000];

let rig: Awaited<ReturnType<typeof startRigOverTime>>;

beforeAll(async () => {
  rig = await startRigOverTime(inject('testServerBinary'), inject('workflowBundle'));
});
afterAll(async () => rig.close());

/** Has the wall hold a target for an hour from now. */
async function startHeld(target: Observable) {
  const lease = await startLease(rig, orderFor(target, await rig.now()));
  await expect.poll(() => rig.wall.holds(target)).not.toBeNull();
  return lease;
}

describe('a lease, over time', () => {
  it('holds to the end, and lifts itself then', async () => {
    const target = addressOf(1);
    const { handle, lifted } = await startHeld(target);
    await rig.sleep(HOUR_MS - MINUTE_MS);
    const heldBefore = rig.wall.holds(target);

    await rig.sleep(2 * MINUTE_MS);

    expect(stateOf(await lifted()).lifted).toMatchObject({ order: null });
    expect(heldBefore).not.toBeNull();
    expect(rig.wall.holds(target)).toBeNull();
    expect(rig.wall.askedTo(target)).toEqual(['contain', 'release']);
    expect((await handle.describe()).status.name).toBe('COMPLETED');
  });

  it('goes on trying to lift what cannot be lifted, says once that it could not yet, and lifted only when it is', async () => {
    const target = addressOf(3);
    const { lifted, saysLifted, overdueNotices } = await startHeld(target);
    rig.wall.fail('release', target, () => {
      throw new Error('the wall is away');
    });

    await rig.sleep(5 * HOUR_MS);
    const saidBefore = saysLifted();
    rig.wall.heal('release', target);
    await rig.sleep(HOUR_MS);
    await lifted();

    expect(saidBefore).toBe(false);
    expect(rig.wall.holds(target)).toBeNull();
    expect(overdueNotices().map(({ to }) => to)).toEqual([PEOPLE.ana.telegramId]);
  });

  it.each([
    ['refuses to lift it', 4, () => ({ isDone: false, why: 'not now' }) as const],
    ['says that it lifted it and still lists it', 5, () => ({ isDone: true }) as const],
    [
      'fails for good',
      6,
      () => {
        throw faultOf('wall.refused', 'not today');
      },
    ],
  ])(
    'does not believe a system that %s, asks again in peace, and says lifted only when it is',
    async (_, last, fault) => {
      const target = addressOf(last);
      const { lifted, saysLifted } = await startHeld(target);
      rig.wall.fail('release', target, fault);

      await rig.sleep(3 * HOUR_MS);
      const saidBefore = saysLifted();
      const tries = rig.wall.askedTo(target).filter((verb) => verb === 'release').length;
      rig.wall.heal('release', target);
      await rig.sleep(HOUR_MS);
      await lifted();

      expect(saidBefore).toBe(false);
      expect(tries).toBeGreaterThan(1);
      expect(tries).toBeLessThan(50);
      expect(rig.wall.holds(target)).toBeNull();
    },
  );
});
