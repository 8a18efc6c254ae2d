import { describe, expect, it } from 'vitest';
import { ConnectorError } from '#connectors/errors.ts';
import type { LeaseAct } from '#domain/containment.ts';
import type { Held } from '#domain/responder.ts';
import { startContainRig } from '#support/contain-rig.ts';
import { actOf, UNBLOCK } from '#support/sealed-orders.ts';
import { addressOf } from '#support/soc-requests.ts';

const UNTIL = '2026-03-01T13:00:00.000Z';
const target = addressOf(9);
const foreign: Held = { system: 'wall', target, until: null, by: null, leaseId: null };

/** The wall's call fails after it has had its effect, so many times. */
function lostAnswers(times: number) {
  let left = times;
  return () => {
    left -= 1;
    if (left >= 0) throw new ConnectorError({ connector: 'wall', kind: 'unreachable', message: 'no answer' });
  };
}

describe('an effect', () => {
  it('happens once where the answer to it was lost', async () => {
    const lose = lostAnswers(1);
    const rig = await startContainRig({
      responder: {
        contain: async (hold) => {
          rig.reached.push('contain');
          rig.held.set(target.value, { system: 'wall', target, until: hold.until, by: hold.by, leaseId: hold.leaseId });
          lose();
          return { isDone: true };
        },
      },
    });

    await expect(rig.contain(actOf())).rejects.toMatchObject({ type: 'wall.unreachable' });
    expect(await rig.contain(actOf())).toEqual({ isDone: true });

    expect(rig.reached).toEqual(['contain']);
    expect(await rig.store.leases.list()).toMatchObject([{ leaseId: 'tg-1-1', state: 'held' }]);
  });

  it('happens once on a list that does not tell whose an entry is', async () => {
    const lose = lostAnswers(1);
    const rig = await startContainRig({
      profile: { isPlainList: true },
      responder: {
        contain: async () => {
          rig.reached.push('contain');
          rig.held.set(target.value, foreign);
          lose();
          return { isDone: true };
        },
      },
    });

    await expect(rig.contain(actOf())).rejects.toThrow('no answer');
    expect(await rig.contain(actOf())).toEqual({ isDone: true });

    expect(rig.reached).toEqual(['contain']);
    expect(await rig.readBack(target)).toMatchObject({ leaseId: 'tg-1-1', until: UNTIL, by: 'ana' });
  });

  it('is a question to a person, and never a second call, where the system cannot be read', async () => {
    const lose = lostAnswers(1);
    const rig = await startContainRig({
      profile: { isBlind: true },
      responder: {
        contain: async () => {
          rig.reached.push('contain');
          lose();
          return { isDone: true };
        },
      },
    });

    await expect(rig.contain(actOf())).rejects.toThrow('no answer');
    expect(await rig.contain(actOf())).toMatchObject({ isDone: false, isUnknown: true });
    expect(await rig.contain(actOf())).toMatchObject({ isDone: false, isUnknown: true });

    expect(rig.reached).toEqual(['contain']);
  });

  it('never comes from an attempt that slept while its lease was let go', async () => {
    const asleep = Promise.withResolvers<void>();
    const reading = Promise.withResolvers<void>();
    const rig = await startContainRig({
      responder: {
        readBack: async () => {
          reading.resolve();
          await asleep.promise;
          return null;
        },
      },
    });

    const late = rig.contain(actOf());
    await reading.promise;
    await rig.release(actOf());
    asleep.resolve();

    expect(await late).toEqual({ isDone: false, why: 'a later attempt took its place' });
    expect(rig.reached).toEqual(['release']);
  });

  it('comes from the latest of two attempts alone', async () => {
    const sleeps = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const reading = Promise.withResolvers<void>();
    let attempts = 0;
    const rig = await startContainRig({
      responder: {
        readBack: async () => {
          const sleep = sleeps[attempts];
          attempts += 1;
          if (attempts === 1) reading.resolve();
          await sleep?.promise;
          return null;
        },
      },
    });

    const first = rig.contain(actOf());
    await reading.promise;
    sleeps[1]?.resolve();
    const second = await rig.contain(actOf());
    sleeps[0]?.resolve();

    expect([await first, second]).toEqual([{ isDone: false, why: 'a later attempt took its place' }, { isDone: true }]);
    expect(rig.reached).toEqual(['contain']);
  });

  it('is not wanted where somebody else’s entry holds the target: it is left as it is, by the end too', async () => {
    const rig = await startContainRig();
    rig.held.set(target.value, foreign);

    expect(await rig.contain(actOf())).toEqual({ isDone: true, isForeign: true });

    expect(rig.reached).toEqual([]);
    expect(await rig.store.leases.list()).toEqual([]);
    expect(await rig.readBack(target)).toEqual(foreign);
  });

  it('is refused while another lease holds the target', async () => {
    const rig = await startContainRig();
    await rig.contain(actOf());
    const other: LeaseAct = { ...actOf(), leaseId: 'tg-1-2' };

    expect(await rig.contain(other)).toMatchObject({ isDone: false });
    expect(rig.reached).toEqual(['contain']);
  });

  it('does not come back once its lease has ended, though nobody ever began it', async () => {
    const rig = await startContainRig();

    await rig.release(actOf());

    expect(await rig.contain(actOf())).toEqual({ isDone: false, why: 'this was let go already' });
  });

  it('is rehearsed and nothing more in a dry run, all checks made', async () => {
    const rig = await startContainRig({ profile: { isDryRun: true } });

    expect(await rig.contain(actOf())).toEqual({ isDone: true, isRehearsal: true });
    expect(await rig.contain(actOf({ digest: '' }))).toMatchObject({ isDone: false });
    expect(await rig.release(actOf({ plan: UNBLOCK }))).toEqual({ isDone: true, isRehearsal: true });

    expect(rig.reached).toEqual([]);
  });

  it('that was held before a dry run began is let go for real', async () => {
    const rig = await startContainRig();
    await rig.contain(actOf());
    const dry = await startContainRig({ profile: { isDryRun: true }, checks: { leases: rig.store.leases } });

    expect(await dry.release(actOf())).toEqual({ isDone: true });
    expect(dry.reached).toEqual(['release']);
  });

  it('of somebody else is taken away by an approved order, and by no lease that ends', async () => {
    const rig = await startContainRig({
      responder: {
        release: async ({ leaseId }) => {
          rig.reached.push(`release ${leaseId}`);
          return { isDone: true };
        },
      },
    });

    await rig.release(actOf());
    await rig.release(actOf({ plan: UNBLOCK }));

    expect(rig.reached).toEqual(['release tg-1-1', 'release null']);
  });
});
