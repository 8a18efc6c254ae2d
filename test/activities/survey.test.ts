import { expect, it } from 'vitest';
import { createSurvey } from '#activities/survey.ts';
import { holdFor, openTestStore } from '#support/act-desk.ts';
import { createFakeResponder } from '#support/fake-responder.ts';
import { addressOf } from '#support/soc-requests.ts';

const UNTIL = '2026-03-01T12:30:00.000Z';
const onBoth = (last: number) => ['wall', 'moat'].map((system) => ({ system, target: addressOf(last) }));

async function buildSystems() {
  const [wall, moat] = [createFakeResponder(), createFakeResponder({ id: 'moat', isPlainList: true })];
  const store = await openTestStore();
  const { 'containment.survey': survey } = createSurvey([wall, moat], store.leases);
  return { survey, wall, moat, store };
}

it('finds nothing held where the systems say so', async () => {
  const { survey } = await buildSystems();

  expect(await survey(onBoth(1))).toEqual({ held: [], unread: [] });
});

it('tells what is held already, whose it is and until when', async () => {
  const { survey, wall, moat, store } = await buildSystems();
  wall.putByHand(addressOf(1));
  moat.putByHand(addressOf(1));
  await holdFor(store, addressOf(1), { system: 'moat' });

  expect(await survey([...onBoth(1), ...onBoth(2)])).toEqual({
    held: [
      { system: 'wall', target: addressOf(1), until: null, by: null, leaseId: null },
      { system: 'moat', target: addressOf(1), until: UNTIL, by: 'ria', leaseId: 'tg-1-0' },
    ],
    unread: [],
  });
});

it('names every system that could not be read once, and those that are not there', async () => {
  const { survey, wall, moat } = await buildSystems();
  wall.fail('readBack', async () => Promise.reject(new Error('it is away')));
  moat.putByHand(addressOf(2));

  const found = await survey([...onBoth(1), ...onBoth(2), { system: 'gone', target: addressOf(1) }]);

  expect(found).toMatchObject({ held: [{ system: 'moat', target: addressOf(2) }], unread: ['wall', 'gone'] });
});

it('acts on nothing', async () => {
  const { survey, wall, moat, store } = await buildSystems();

  await survey(onBoth(1));

  expect([...wall.calls, ...moat.calls, ...(await store.leases.list())]).toEqual([]);
});
