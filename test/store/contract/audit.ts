import { expect, it } from 'vitest';
import type { AuditEntry } from '#store/audit-record.ts';
import { at, type StoreOfTest } from './fixture.ts';

const HASH = /^[0-9a-f]{64}$/;

function entryOf(seconds: number, changes: Partial<AuditEntry> = {}): AuditEntry {
  return {
    at: at(seconds),
    who: 'ann',
    telegramId: 6_012_345_678,
    chat: -1_001_234_567_890,
    request: 'request-1',
    action: 'block',
    outcome: 'approved',
    ...changes,
  };
}

/** What the audit promises, on any database. */
export function describeAudit(store: StoreOfTest): void {
  it('chains records from the first on and gives them back as they were', async () => {
    const full = entryOf(1, { target: 'ipv4:192.0.2.1', digest: 'ab', detail: 'twice', key: 'k1' });

    const [first, second] = await store().audit.append([entryOf(0), full]);

    expect(first).toMatchObject({ seq: 1, previousHash: '0'.repeat(64) });
    expect(second).toEqual({ seq: 2, previousHash: first?.hash, hash: expect.stringMatching(HASH) as string });
    expect(await store().audit.list({ limit: 10 })).toEqual([
      { ...full, ...second },
      { ...entryOf(0), ...first },
    ]);
    expect(await store().audit.verify()).toEqual({ kind: 'intact', count: 2, head: second?.hash });
  });

  it('writes an entry with a key once, also within one call', async () => {
    const first = await store().audit.append([entryOf(0, { key: 'k1' }), entryOf(0, { key: 'k1' }), entryOf(1)]);
    const again = await store().audit.append([entryOf(9, { key: 'k1', outcome: 'other' })]);

    expect(first[1]).toEqual(first[0]);
    expect(again[0]).toEqual(first[0]);
    expect(await store().audit.verify()).toMatchObject({ count: 2 });
  });

  it('keeps hostile text in a form that still verifies', async () => {
    const hostile = `'; delete from audit; -- \0 \uD800 \u202E ${'x'.repeat(10_000)}`;

    await store().audit.append([entryOf(0, { who: null, telegramId: null, chat: null, detail: hostile })]);

    const [record] = await store().audit.list({ limit: 1 });
    expect(record?.detail).toBe(hostile.replace('\0', '\u2400').replace('\uD800', '\uFFFD'));
    expect(await store().audit.verify()).toMatchObject({ kind: 'intact' });
  });

  it('lists the newest first, by request, by person and since a time', async () => {
    await store().audit.append([
      entryOf(0),
      entryOf(1, { request: 'request-2' }),
      entryOf(2, { who: 'bob' }),
      entryOf(3, { request: null, who: null }),
    ]);

    const list = async (filter: { request?: string; who?: string; since?: string; limit: number }) =>
      (await store().audit.list(filter)).map((record) => record.seq);

    expect(await list({ limit: 2 })).toEqual([4, 3]);
    expect(await list({ request: 'request-1', limit: 9 })).toEqual([3, 1]);
    expect(await list({ who: 'bob', limit: 9 })).toEqual([3]);
    expect(await list({ since: at(2), limit: 9 })).toEqual([4, 3]);
    expect(await list({ request: 'request-1', who: 'ann', since: at(0), limit: 9 })).toEqual([1]);
  });

  it('appends nothing when there is nothing to append', async () => {
    expect(await store().audit.append([])).toEqual([]);
    expect(await store().audit.verify()).toEqual({ kind: 'intact', count: 0, head: '0'.repeat(64) });
  });

  it('writes all entries of a call or none', async () => {
    const broken = entryOf(1, { telegramId: Number.POSITIVE_INFINITY, outcome: null as unknown as string });

    await expect(store().audit.append([entryOf(0), broken])).rejects.toThrow();

    expect(await store().audit.verify()).toMatchObject({ kind: 'intact', count: 0 });
  });

  it('verifies a chain longer than one page', async () => {
    await store().audit.append(Array.from({ length: 1_001 }, (_, n) => entryOf(n)));

    expect(await store().audit.verify()).toMatchObject({ kind: 'intact', count: 1_001 });
  });
}
