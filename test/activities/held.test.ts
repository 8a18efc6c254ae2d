import { expect, it } from 'vitest';
import { allowListProfile, createAllowList } from '#activities/allow-list.ts';
import { readHeld } from '#activities/held.ts';
import { renderCard } from '#cards/render.ts';
import { ConnectorError } from '#connectors/errors.ts';
import { ALLOW_LIST } from '#domain/containment.ts';
import type { Observable } from '#domain/observable.ts';
import { allow, holdFor, openTestStore } from '#support/act-desk.ts';
import { createFakeResponder, type FakeResponder } from '#support/fake-responder.ts';
import { addressOf, askOf } from '#support/soc-requests.ts';

const UNTIL = '2026-03-01T12:30:00.000Z';

/** Two systems that hold one target each under leases of SocBot's, and their containment index. */
async function buildSystems() {
  const store = await openTestStore();
  const [wall, moat] = [createFakeResponder(), createFakeResponder({ id: 'moat', isPlainList: true })];
  await holdFor(store, addressOf(1), { leaseId: 'tg-1-1' });
  await holdFor(store, addressOf(2), { leaseId: 'tg-1-2', system: 'moat' });
  wall.putByHand(addressOf(1), { leaseId: 'tg-1-1', until: UNTIL, by: 'ria' });
  moat.putByHand(addressOf(2));
  const read = async (query: string | null = null, responders: readonly FakeResponder[] = [wall, moat]) =>
    readHeld(query, askOf(), { responders, store });
  return { read, wall, moat, store };
}

const onWall = { system: 'wall', target: addressOf(1), until: UNTIL, by: 'ria', leaseId: 'tg-1-1' };
const inMoat = { system: 'moat', target: addressOf(2), until: UNTIL, by: 'ria', leaseId: 'tg-1-2' };

it('asks every system, and completes what a system does not tell from the containment index', async () => {
  const { read } = await buildSystems();

  expect(await read()).toMatchObject({
    kind: 'held',
    held: [onWall, inMoat],
    unread: [],
    places: { 'tg-1-1 ipv4:203.0.113.1': 0, 'tg-1-2 ipv4:203.0.113.2': 0 },
  });
});

it('lists what somebody put there by hand as nobody’s', async () => {
  const { read, wall } = await buildSystems();
  wall.putByHand(addressOf(3));

  expect(await read('113.3')).toMatchObject({ held: [{ target: addressOf(3), by: null, leaseId: null, until: null }] });
});

it('does not list what only the containment index has', async () => {
  const { read, store } = await buildSystems();
  await holdFor(store, addressOf(4), { leaseId: 'tg-1-4' });

  expect(await read()).toMatchObject({ held: [onWall, inMoat] });
});

it('takes a system that cannot be read at its index’s word', async () => {
  const { read, store } = await buildSystems();
  const blind = createFakeResponder({ id: 'pager', isBlind: true });
  blind.fail('list', async () => Promise.reject(new Error('it must not be read')));
  await holdFor(store, addressOf(5), { leaseId: 'tg-1-5', system: 'pager' });

  expect(await read(null, [blind])).toMatchObject({
    held: [{ system: 'pager', target: addressOf(5), leaseId: 'tg-1-5', until: UNTIL, by: 'ria' }],
    unread: [],
  });
});

it.each(['203.0.113.2', '203.0.113[.]2', '113[.]2'])('finds a target however it is written: %s', async (query) => {
  const { read } = await buildSystems();

  expect(await read(query)).toMatchObject({ held: [inMoat], query });
});

it.each(['/Login.PHP', '/login.php', 'HXXP://EVIL', 'evil[.]example'])(
  'finds a URL whatever is written in capitals: %s',
  async (query) => {
    const { read, wall } = await buildSystems();
    const url: Observable = { kind: 'url', value: 'http://evil.example/Login.PHP' };
    wall.putByHand(url);

    expect(await read(query)).toMatchObject({ held: [{ target: url }] });
  },
);

it('names a system that cannot be read: nothing held there is not what that means', async () => {
  const { read, wall } = await buildSystems();
  wall.fail('list', async () => {
    throw new ConnectorError({ connector: 'wall', kind: 'unreachable', message: 'no answer in 10 s' });
  });

  expect(await read()).toMatchObject({ held: [inMoat], unread: [{ system: 'wall', why: 'no answer in 10 s' }] });
});

it('does not count what is allowed as blocked', async () => {
  const { store } = await buildSystems();
  await allow(store, addressOf(7));
  const allowList = {
    profile: { ...createFakeResponder().profile, ...allowListProfile },
    responder: createAllowList(store.leases),
  };

  const card = await readHeld(null, askOf(), { responders: [allowList], store });

  expect(card).toMatchObject({ held: [{ system: ALLOW_LIST, target: addressOf(7), by: 'ria' }] });
  expect(renderCard(card).text.text).toMatch(/^🧱 NOTHING BLOCKED\n1 203\.0\.113\[\.\]7 · allow list/);
});

it.each([
  ['203.0.113.130', true],
  ['203.0.113[.]130', true],
  ['203.0.113.128/26', true],
  ['203.0.0.0/16', true],
  ['203.0.113.7', false],
  ['www.evil.example', true],
  ['notevil.example', false],
])('a query for %s finds what holds it from around: %s', async (query, isFound) => {
  const { read, wall } = await buildSystems();
  wall.putByHand({ kind: 'cidr', value: '203.0.113.128/25' });
  wall.putByHand({ kind: 'domain', value: 'evil.example' });

  const card = await read(query);

  expect(card.kind === 'held' && card.held.some(({ by }) => by === null)).toBe(isFound);
});
