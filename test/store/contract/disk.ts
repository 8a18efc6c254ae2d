import { expect, it } from 'vitest';
import { openStore, type StorePlace } from '#store/open-store.ts';
import { runSql } from '../raw-sql.ts';
import { at, begin, claimOf, meteredClaimOf, report } from './fixture.ts';

/** What lies on disk: found again, swept, refused when newer, and watched for changes. On any database. */
export function describeDisk(createPlace: () => Promise<StorePlace>): void {
  it('finds everything again after closing', async () => {
    const place = await createPlace();
    const before = await openStore(place);
    await before.marks.set('name', 'value', at(0));
    await before.close();

    const after = await openStore(place);

    expect(await after.marks.get('name')).toEqual({ value: 'value', at: at(0) });
    await after.close();
  });

  it('serves several users in one process, each closing its own', async () => {
    const place = await createPlace();
    const [one, two] = await Promise.all([openStore(place), openStore(place)]);

    await Promise.all([one, two, one, two].map(async (store, n) => store.marks.set(`mark ${n % 2}`, String(n), at(n))));
    await one.close();
    await one.close();

    expect(await two.marks.get('mark 1')).not.toBeNull();
    await two.close();
  });

  it('sweeps calls that nothing needs any more, and only those', async () => {
    const place = await createPlace();
    const store = await openStore(place);
    const oldFree = Array.from({ length: 20 }, (_, n) => claimOf(n, { observableKey: `md5:${n}` }));
    const oldPaid = Array.from({ length: 5 }, (_, n) => meteredClaimOf(n * 60, { observableKey: `md5:${n}` }));
    for (const claim of [...oldFree, ...oldPaid]) {
      await store.lookups.record({ callId: await begin(store, claim), report, now: claim.now });
    }

    await begin(store, claimOf(1_000, { observableKey: 'md5:new' }));
    await begin(store, claimOf(1_001, { observableKey: 'md5:newer' }));
    await begin(store, meteredClaimOf(2_000, { observableKey: 'md5:new' }));

    const rows = await runSql(place, 'select source from lookup_calls');
    expect(rows.filter((row) => row['source'] === 'urlhaus')).toHaveLength(2);
    expect(rows.filter((row) => row['source'] === 'virustotal')).toHaveLength(6);
    await store.close();
  });

  it('refuses in words what a newer SocBot wrote', async () => {
    const place = await createPlace();
    await (await openStore(place)).close();
    await runSql(place, 'update schema_version set version = 999');

    await expect(openStore(place)).rejects.toThrow('written by a newer SocBot (schema 999');
  });

  it.each([
    ['a changed outcome', `update audit set outcome = 'denied' where seq = 2`, 2, 'was changed'],
    ['a changed person', `update audit set telegram_id = 7 where seq = 3`, 3, 'was changed'],
    ['a changed key', `update audit set key = 'other' where seq = 1`, 1, 'was changed'],
    ['a missing record', 'delete from audit where seq = 2', 2, 'is missing'],
    [
      'a record put in front',
      `insert into audit (seq, at, who, action, outcome, previous_hash, hash) select -2147483648, at, 'eve', action, outcome, previous_hash, hash from audit where seq = 1`,
      1,
      'is missing',
    ],
    ['a forged hash', `update audit set hash = 'ab' where seq = 1`, 1, 'was changed'],
    ['a forged predecessor', `update audit set previous_hash = 'ab' where seq = 3`, 3, 'does not follow'],
  ])('names the first record after %s in the audit', async (_, sql, seq, reason) => {
    const place = await createPlace();
    const store = await openStore(place);
    const entry = { who: 'ann', telegramId: 1, chat: 2, request: null, action: 'block', outcome: 'approved' };
    await store.audit.append([0, 1, 2, 3].map((n) => ({ ...entry, at: at(n) })));

    await runSql(place, sql);

    expect(await store.audit.verify()).toEqual({
      kind: 'broken',
      seq,
      reason: expect.stringContaining(`record ${seq} ${reason}`) as string,
    });
    await store.close();
  });
}
