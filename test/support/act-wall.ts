import { ConnectorError } from '#connectors/errors.ts';
import { actDesk, openTestStore } from './act-desk.ts';
import { createFakeResponder, type FakeResponder } from './fake-responder.ts';

/** A fault: the call came there and did its work, and its answer got lost. */
export async function answerLost(carryOut: () => void): Promise<void> {
  carryOut();
  throw new ConnectorError({ connector: 'wall', kind: 'unreachable', message: 'no answer' });
}

/** A fault: the call got lost on the way, and nobody can tell that it did. */
export async function callLost(): Promise<void> {
  throw new ConnectorError({ connector: 'wall', kind: 'unreachable', message: 'no answer' });
}

/** A fault: the call surely never came there. */
export async function neverCame(): Promise<void> {
  throw new ConnectorError({ connector: 'wall', kind: 'unreachable', message: 'connection refused', isUndone: true });
}

/** A fake system called "wall" behind its activities, over a store of its own. */
export async function buildWall(change: Parameters<typeof createFakeResponder>[0] = {}) {
  const wall = createFakeResponder(change);
  const store = await openTestStore();
  return { ...actDesk(store, wall), wall, store };
}

/** Somebody who falls asleep, and sleeps until they are woken. */
export function createSleep() {
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

/** Has the next reading of a system's list fall asleep when it has read; `fallen` tells when it does. */
export function sleepInReading(wall: FakeResponder) {
  const { sleep, ...rest } = createSleep();
  wall.fail('readBack', async (carryOut) => {
    carryOut();
    wall.heal('readBack');
    await sleep();
  });
  return rest;
}

/** Both kinds of list that can be read. */
export const LISTS = [
  ['tells whose an entry is', {}],
  ['tells no more than the target', { isPlainList: true }],
] as const;
