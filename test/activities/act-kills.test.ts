import { expect, it } from 'vitest';
import type { ActAnswer, LeaseAct } from '#domain/containment.ts';
import type { ResponderProfile } from '#domain/responder.ts';
import type { Store } from '#store/open-store.ts';
import { actDesk, openTestStore } from '#support/act-desk.ts';
import { createFakeResponder, type FakeResponder } from '#support/fake-responder.ts';
import { createLife, type KillPoint, KILLED, killPoints } from '#support/kill-points.ts';
import { actOf, approvalBy, BLOCK } from '#support/sealed-orders.ts';
import { addressOf } from '#support/soc-requests.ts';

const TARGET = addressOf(9);

type Verb = 'contain' | 'release';
type Place = { readonly store: Store; readonly wall: FakeResponder };

/** One attempt in a process that dies at a moment, if at all; null where it died, or where an earlier attempt is in doubt. */
async function attempt(
  { store, wall }: Place,
  { verb, act }: { readonly verb: Verb; readonly act: LeaseAct },
  point: KillPoint | null = null,
) {
  const life = createLife(point);
  const { audit, leases, marks } = store;
  const living = { ...store, audit: life.within(audit), leases: life.within(leases), marks: life.within(marks) };
  const limits = { perPerson: 1e6, inAll: 1e6, isolated: 1e6 };
  const desk = actDesk(living, { ...wall, responder: life.within(wall.responder) }, { limits });
  try {
    return { answer: await desk[verb](act), calls: life.calls() };
  } catch (error) {
    expect(error).toMatchObject({ message: KILLED });
    return { answer: null, calls: life.calls() };
  }
}

/** How many calls to the outside an act takes that nothing befalls. */
async function countCalls(change: Partial<ResponderProfile>, verb: Verb): Promise<number> {
  const place = { store: await openTestStore(), wall: createFakeResponder(change) };
  const { calls } = await attempt(place, { verb: 'contain', act: actOf() });
  return verb === 'contain' ? calls : (await attempt(place, { verb: 'release', act: actOf() })).calls;
}

/** The same act for the n-th scene: a request of its own. */
function sceneOf(at: number): LeaseAct {
  const requestId = `tg-5-${at}`;
  return actOf({ requestId, approvals: [approvalBy('rob', BLOCK, { requestId })] }, requestId);
}

/** One of so many deaths in the second attempt, in turn over those in the first. */
const EVERY = 4;

/** Every death in the first attempt, with none in the second and with a quarter of all; together each comes in both. */
function pairs(calls: number): readonly (readonly [KillPoint, KillPoint | null])[] {
  const points = killPoints(calls);
  return points.flatMap((first, turn) => {
    const seconds = points.filter((_, at) => at % EVERY === turn % EVERY);
    return [null, ...seconds].map((second) => [first, second] as const);
  });
}

const isDone = (answer: ActAnswer | null) => answer?.isDone === true;

it.each([
  ['tells whose an entry is', {}],
  ['tells no more than the target', { isPlainList: true }],
])('a system that %s is called once, whenever the worker dies, twice in a row', async (_, change) => {
  const place = { store: await openTestStore(), wall: createFakeResponder(change) };
  const { wall } = place;
  const deaths = pairs(await countCalls(change, 'contain'));

  for (const [at, [first, second]] of deaths.entries()) {
    const act = sceneOf(at);
    const before = wall.calls.length;
    await attempt(place, { verb: 'contain', act }, first);
    await attempt(place, { verb: 'contain', act }, second);
    const { answer } = await attempt(place, { verb: 'contain', act });

    const scene = { first, second, calls: wall.calls.slice(before), isDone: isDone(answer) };
    expect(scene).toEqual({ first, second, calls: ['contain'], isDone: true });
    await attempt(place, { verb: 'release', act });
    expect(wall.holds(TARGET)).toBeNull();
  }

  expect(deaths.length).toBeGreaterThan(200);
});

it('a system that cannot be read is called at most once, and every doubt is told', async () => {
  const change = { isBlind: true };
  const place = { store: await openTestStore(), wall: createFakeResponder(change) };
  const { wall } = place;
  let doubts = 0;

  for (const [at, [first, second]] of pairs(await countCalls(change, 'contain')).entries()) {
    const act = sceneOf(at);
    const before = wall.calls.length;
    await attempt(place, { verb: 'contain', act }, first);
    await attempt(place, { verb: 'contain', act }, second);
    const { answer } = await attempt(place, { verb: 'contain', act });

    const calls = wall.calls.slice(before);
    const isDoubtful = answer !== null && 'isUnknown' in answer;
    if (isDoubtful) doubts += 1;
    expect({ first, second, isOnce: calls.length <= 1, isTold: isDoubtful || isDone(answer) }).toEqual({
      first,
      second,
      isOnce: true,
      isTold: true,
    });
    expect(isDoubtful || calls.length === 1).toBe(true);
    await attempt(place, { verb: 'release', act });
  }

  expect(doubts).toBeGreaterThan(0);
});

it.each([
  ['tells whose an entry is', {}],
  ['tells no more than the target', { isPlainList: true }],
])('what somebody put by hand in a system that %s outlives every death', async (_, change) => {
  const place = { store: await openTestStore(), wall: createFakeResponder(change) };
  const { wall } = place;
  wall.putByHand(TARGET);

  for (const [at, [first, second]] of pairs(await countCalls(change, 'contain')).entries()) {
    const act = sceneOf(at);
    await attempt(place, { verb: 'contain', act }, first);
    await attempt(place, { verb: 'contain', act }, second);
    expect((await attempt(place, { verb: 'contain', act })).answer).toEqual({ isDone: true, isForeign: true });
    await attempt(place, { verb: 'release', act });

    expect(wall.holds(TARGET)).toMatchObject({ leaseId: null });
  }

  expect(wall.calls).not.toContain('contain');
});

it.each([
  ['tells whose an entry is', {}],
  ['tells no more than the target', { isPlainList: true }],
  ['cannot be read', { isBlind: true }],
])('a system that %s lets go, whenever the worker dies, and does not hold again', async (_, change) => {
  const place = { store: await openTestStore(), wall: createFakeResponder(change) };
  const { wall } = place;

  for (const [at, [first, second]] of pairs(await countCalls(change, 'release')).entries()) {
    const act = sceneOf(at);
    await attempt(place, { verb: 'contain', act });
    await attempt(place, { verb: 'release', act }, first);
    await attempt(place, { verb: 'release', act }, second);
    expect((await attempt(place, { verb: 'release', act })).answer).toEqual({ isDone: true });
    await attempt(place, { verb: 'contain', act });

    expect({ first, second, held: wall.holds(TARGET) }).toEqual({ first, second, held: null });
  }
});
