import { describe, expect, it } from 'vitest';
import { ALLOW_LIST } from '#domain/containment.ts';
import { formatFreeze } from '#domain/freeze.ts';
import { readAllowed } from '#store/allowed.ts';
import { readFreeze } from '#store/freeze.ts';
import type { LeaseAttempt } from '#store/leases.ts';
import { MARKS } from '#store/mark-names.ts';
import { readRecent } from '#store/recent-holds.ts';
import { at, type StoreOfTest } from './fixture.ts';

/** What acts are checked against, read from the containment index and the marks, on any database. */
export function describeContainmentFacts(store: StoreOfTest): void {
  const begin = async (changes: Partial<LeaseAttempt>) =>
    store().leases.begin({
      system: 'wall',
      target: 'ipv4:192.0.2.7',
      leaseId: 'lease-1',
      until: at(9_000),
      by: 'ann',
      digest: 'd1',
      place: 0,
      attempt: 'first',
      now: at(0),
      ...changes,
    });

  describe('a freeze', () => {
    const record = { by: 'ria', at: at(0), reason: 'a storm', thaw: [] };

    it('is read as it was written, until its end is written', async () => {
      expect(await readFreeze(store().marks)).toBeNull();
      await store().marks.set(MARKS.freeze, formatFreeze(record), at(0));
      expect(await readFreeze(store().marks)).toEqual(record);

      await store().marks.set(MARKS.freeze, formatFreeze(null), at(1));

      expect(await readFreeze(store().marks)).toBeNull();
    });

    it.each(['', '{', '{}', '[]', 'true', '{"by":"ria"}'])('that cannot be read still freezes: %j', async (text) => {
      await store().marks.set(MARKS.freeze, text, at(0));

      expect(await readFreeze(store().marks)).toMatchObject({ by: 'a record that cannot be read' });
    });
  });

  it('the allow list is what is held there, and nowhere else', async () => {
    await begin({});
    await begin({ system: ALLOW_LIST, target: 'domain:shop.example', leaseId: 'lease-2' });
    await begin({ system: ALLOW_LIST, target: 'cidr:198.51.100.0/28', leaseId: 'lease-3' });
    await begin({ system: ALLOW_LIST, target: 'ipv4:192.0.2.9', leaseId: 'lease-4' });
    await store().leases.end({ system: ALLOW_LIST, target: 'ipv4:192.0.2.9', leaseId: null, now: at(1) });

    expect(await readAllowed(store().leases)).toEqual([
      { kind: 'cidr', value: '198.51.100.0/28' },
      { kind: 'domain', value: 'shop.example' },
    ]);
  });

  describe('what was contained lately', () => {
    it('is counted over the last hour, by the requester and by all', async () => {
      await begin({ leaseId: 'old', target: 'ipv4:192.0.2.1', now: at(0) });
      await begin({ leaseId: 'mine', target: 'ipv4:192.0.2.2', now: at(1) });
      await begin({ leaseId: 'theirs', target: 'ipv4:192.0.2.3', by: 'bob', now: at(2_000) });
      await begin({ leaseId: 'this', target: 'ipv4:192.0.2.4', now: at(3_000) });

      const recent = readRecent({ requester: 'ann', but: 'this', now: at(3_601) }, store().leases);

      expect(await recent).toEqual({ byRequester: 1, inAll: 2, isolated: 0 });
      expect(await readRecent({ requester: 'ann', now: at(3_601) }, store().leases)).toMatchObject({ byRequester: 2 });
    });

    it('knows how many machines are isolated now, each once, however long ago that was', async () => {
      await begin({ target: 'host:ws-1', leaseId: 'one', now: at(0) });
      await begin({ target: 'host:ws-1', system: 'moat', leaseId: 'one', now: at(0) });
      await begin({ target: 'host:ws-2', leaseId: 'two', now: at(0) });
      await begin({ target: 'host:ws-3', leaseId: 'this', now: at(0) });
      await store().leases.end({ system: 'wall', target: 'host:ws-2', leaseId: 'two', now: at(1) });

      expect(await readRecent({ requester: 'ann', but: 'this', now: at(8_000) }, store().leases)).toEqual({
        byRequester: 0,
        inAll: 0,
        isolated: 1,
      });
    });
  });
}
