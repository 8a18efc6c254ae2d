import { expect, it } from 'vitest';
import { openStore, type StorePlace } from '#store/open-store.ts';
import { runSql } from '../raw-sql.ts';
import { at } from './fixture.ts';

const target = 'ipv4:192.0.2.7';
const block = { target, leaseId: 'tg-1-7', until: at(3_600), by: 'ann', digest: 'd1' };
const entry = { who: 'ann', telegramId: 1, chat: 2, request: 'tg-1-7', action: 'block', outcome: 'asked' };

/** What the first release did not have. */
const LATER = ['leases', 'second_factors', 'second_factor_answers', 'checkpoints', 'invites', 'accounts'];

/** A store as the first release left it, with something in it. */
async function createFirstStore(place: StorePlace): Promise<void> {
  const store = await openStore(place);
  await store.audit.append([0, 1].map((n) => ({ ...entry, at: at(n) })));
  await store.marks.set('name', 'value', at(0));
  await store.blockList.put({ ...block, now: at(10) });
  await store.close();
  for (const table of LATER) await runSql(place, `drop table ${table}`);
  await runSql(place, 'update schema_version set version = 1');
}

/** What becomes of a store that an older SocBot wrote, on any database. */
export function describeUpgrade(createPlace: () => Promise<StorePlace>): void {
  it('keeps everything that the first release wrote, and knows its blocks as holds', async () => {
    const place = await createPlace();
    await createFirstStore(place);

    const store = await openStore(place);

    expect(await store.audit.verify()).toMatchObject({ kind: 'intact', count: 2 });
    expect(await store.marks.get('name')).toMatchObject({ value: 'value' });
    expect(await store.blockList.get(target)).toMatchObject(block);
    expect(await store.leases.list()).toEqual([
      { ...block, system: 'block-feed', state: 'held', begunAt: at(10), place: 0 },
    ]);
    await store.close();
  });

  it('happens once, whoever opens it at the same time', async () => {
    const place = await createPlace();
    await createFirstStore(place);

    const stores = await Promise.all(Array.from({ length: 4 }, async () => openStore(place)));
    const later = await openStore(place);

    expect(await later.leases.list()).toHaveLength(1);
    expect(await runSql(place, 'select version from schema_version')).toHaveLength(1);
    await Promise.all([...stores, later].map(async (store) => store.close()));
  });

  it('lets a hold of the first release be made longer and let go', async () => {
    const place = await createPlace();
    await createFirstStore(place);
    const store = await openStore(place);
    const { leases } = store;
    const lease = { system: 'block-feed', target, leaseId: block.leaseId };
    const longer = { ...lease, until: at(7_200), by: 'ann', digest: 'd2', place: 0, attempt: 'one', now: at(20) };

    expect(await leases.begin(longer)).toMatchObject({ kind: 'go', was: { state: 'held' } });
    expect(await leases.end({ ...lease, now: at(30) })).toEqual({ wasBegun: true });

    expect(await leases.list()).toEqual([]);
    await store.close();
  });
}
