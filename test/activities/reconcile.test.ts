import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createReconcile } from '#activities/reconcile.ts';
import type { Held, Responder } from '#domain/responder.ts';
import { openStore } from '#store/open-store.ts';
import { createScratchDirectory } from '#support/scratch-directory.ts';
import { SILENT_LOG } from '#support/silent-log.ts';

const target = { kind: 'ipv4', value: '203.0.113.9' } as const;
const UNTIL = '2999-01-01T00:00:00.000Z';
const PROFILE = {
  id: 'wall',
  title: 'Wall',
  kinds: ['ipv4'],
  isBlind: false,
  isDryRun: false,
  isPlainList: false,
} as const;
const PEOPLE = [
  { name: 'ana', role: 'analyst', telegramIds: [11] },
  { name: 'rob', role: 'responder', telegramIds: [22, 23] },
] as const;

/** A comparison over a real store and one system that lists what the test says. */
async function start(listed: () => readonly Held[]) {
  const store = await openStore({ file: join(createScratchDirectory(), 'socbot.db') });
  onTestFinished(async () => store.close());
  const responder = { list: async () => listed() } as Pick<Responder, 'list'> as Responder;
  const now = () => new Date().toISOString();
  const deps = {
    responders: [{ profile: PROFILE, responder }],
    store,
    people: async () => PEOPLE,
    now,
    log: SILENT_LOG,
  };
  const lease = { system: 'wall', target: 'ipv4:203.0.113.9', leaseId: 'tg-1-1' };
  return {
    compare: createReconcile(deps)['containment.reconcile'],
    store,
    hold: async () => {
      await store.leases.begin({ ...lease, until: UNTIL, by: 'ana', digest: 'd', place: 0, attempt: 'a', now: now() });
      await store.leases.settle(lease);
    },
  };
}

describe('the comparison of systems with the containment index', () => {
  it('tells every responder once that a hold is gone, and changes nothing', async () => {
    const { compare, store, hold } = await start(() => []);
    await hold();

    const first = await compare?.();
    const second = await compare?.();

    expect(first?.map(({ to, card }) => [to, card.kind])).toEqual([[22, 'drift']]);
    expect(second).toEqual([]);
    expect(await store.leases.list('wall')).toHaveLength(1);
    expect((await store.audit.list({ limit: 10 })).map(({ action, outcome }) => [action, outcome])).toEqual([
      ['wall.drift', 'gone'],
    ]);
  });

  it('tells of an entry that was left behind when it is seen for the second time', async () => {
    const left: Held = { system: 'wall', target, until: UNTIL, by: 'ana', leaseId: 'tg-1-1' };
    const { compare } = await start(() => [left]);

    expect(await compare?.()).toEqual([]);
    expect(await compare?.()).toHaveLength(1);
    expect(await compare?.()).toEqual([]);
  });

  it('says nothing of a system that cannot be read', async () => {
    const { compare, hold } = await start(() => {
      throw new Error('the wall is away');
    });
    await hold();

    expect(await compare?.()).toEqual([]);
  });
});
