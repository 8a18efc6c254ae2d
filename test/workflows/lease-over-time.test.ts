import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Observable } from '#domain/observable.ts';
import { startApproved, stateOf } from '#support/containment-flow.ts';
import { faultOf } from '#support/fake-messenger.ts';
import { leaseEnded, orderFor, startLease } from '#support/lease-flow.ts';
import { addressOf, blockPlan, PEOPLE } from '#support/soc-requests.ts';
import { startRigOverTime } from '#support/workflow-rig.ts';

const [MINUTE_MS, HOUR_MS] = [60_000, 3_600_000];

let rig: Awaited<ReturnType<typeof startRigOverTime>>;

beforeAll(async () => {
  rig = await startRigOverTime(inject('testServerBinary'), inject('workflowBundle'));
});
afterAll(async () => rig.close());

/** Has the wall hold a target for an hour from now, by an approved request. */
async function startHeld(target: Observable) {
  const flow = await startApproved(rig, blockPlan(target));
  return Object.assign(flow, {
    lifted: async () => flow.sees('ana', ({ phase }) => phase === 'lifted'),
    says: (phase: string) => flow.phasesIn(PEOPLE.ana.telegramId).includes(phase),
    /** Every short message in which it says that the target should be free by now and may not be. */
    overdueNotices: () =>
      rig.telegram.of(flow.requestId).filter((shown) => stateOf(shown).phase === 'overdue' && shown.edit === undefined),
  });
}

describe('a lease, over time', () => {
  it('holds to the end, and lifts itself then', async () => {
    const target = addressOf(1);
    const flow = await startHeld(target);
    await rig.sleep(HOUR_MS - MINUTE_MS);
    const heldBefore = rig.wall.holds(target);

    await rig.sleep(2 * MINUTE_MS);

    expect(stateOf(await flow.lifted()).steps[0]?.lifted).toMatchObject({ order: null });
    expect(heldBefore).not.toBeNull();
    expect(rig.wall.holds(target)).toBeNull();
    expect(rig.wall.askedTo(target)).toEqual(['contain', 'release']);
    expect((await flow.ended).phase).toBe('lifted');
    await leaseEnded(rig, target);
  });

  it('goes on trying to lift what cannot be lifted, says once that it could not yet, and lifted only when it is', async () => {
    const target = addressOf(3);
    const flow = await startHeld(target);
    const { lifted, says, overdueNotices } = flow;
    rig.wall.fail('release', target, () => {
      throw new Error('the wall is away');
    });

    await rig.sleep(130 * MINUTE_MS);
    const saidBefore = [says('overdue'), says('lifted')];
    rig.wall.heal('release', target);
    await rig.sleep(HOUR_MS);
    await lifted();

    expect(saidBefore).toEqual([true, false]);
    expect(rig.wall.holds(target)).toBeNull();
    expect(overdueNotices().map(({ to }) => to)).toEqual([PEOPLE.ana.telegramId]);
    expect((await flow.ended).steps[0]).not.toHaveProperty('overdue');
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
      const { lifted, says } = await startHeld(target);
      rig.wall.fail('release', target, fault);

      await rig.sleep(130 * MINUTE_MS);
      const saidBefore = says('lifted');
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

  it('that is late and wanted for longer is late no more', async () => {
    const target = addressOf(7);
    const first = await startHeld(target);
    rig.wall.fail('release', target, () => ({ isDone: false, why: 'not now' }));
    // Between two tries, so that the order comes before the next one.
    await rig.sleep(100 * MINUTE_MS);
    const wasLate = first.says('overdue');
    rig.wall.heal('release', target);

    const second = await startApproved(rig, blockPlan(target));
    const again = await first.sees('ana', ({ phase, steps: [step] }) => {
      const isExtended = step?.outcome?.outcome === 'done' && step.outcome.isExtended;
      return phase === 'done' && isExtended === true;
    });
    await rig.sleep(2 * HOUR_MS);
    const ends = await Promise.all([first.ended, second.ended]);

    expect(wasLate).toBe(true);
    expect(stateOf(again).steps[0]).not.toHaveProperty('overdue');
    expect(ends.map(({ phase }) => phase)).toEqual(['lifted', 'lifted']);
  });

  it('lets go without anybody to tell, when its request is gone', async () => {
    const target = addressOf(8);
    await startLease(rig, target, [orderFor(target, await rig.now())]);
    await expect.poll(() => rig.wall.holds(target)).not.toBeNull();

    await rig.sleep(HOUR_MS + MINUTE_MS);
    await leaseEnded(rig, target);

    expect(rig.wall.askedTo(target)).toEqual(['contain', 'release']);
  });
});
