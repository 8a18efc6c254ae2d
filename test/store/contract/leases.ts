import { describe, expect, it } from 'vitest';
import type { Lease, LeaseAttempt } from '#store/leases.ts';
import { at, type StoreOfTest } from './fixture.ts';

const place = { system: 'wall', target: 'ipv4:192.0.2.7' };
const lease = { ...place, leaseId: 'lease-1' };
const begun = (changes: Partial<LeaseAttempt> = {}): LeaseAttempt => ({
  ...lease,
  until: at(3_600),
  by: 'ann',
  digest: 'd1',
  place: 0,
  attempt: 'first',
  now: at(0),
  ...changes,
});

/** What the containment index promises, on any database. */
export function describeLeases(store: StoreOfTest): void {
  const { begin, mayAct, settle, forget, end, get, list } = {
    begin: async (changes?: Partial<LeaseAttempt>) => store().leases.begin(begun(changes)),
    mayAct: async (attempt: string, leaseId = 'lease-1') => store().leases.mayAct({ ...place, leaseId, attempt }),
    settle: async (leaseId = 'lease-1') => store().leases.settle({ ...place, leaseId }),
    forget: async (attempt: string, was: Lease | null = null) => store().leases.forget({ ...lease, attempt }, was),
    end: async (leaseId: string | null = 'lease-1') => store().leases.end({ ...place, leaseId, now: at(60) }),
    get: async () => store().leases.get(place),
    list: async (system?: string) => store().leases.list(system),
  };
  const known = { ...lease, until: at(3_600), by: 'ann', digest: 'd1', place: 0, begunAt: at(0) };

  describe('an attempt', () => {
    it('is written down before anything is asked, and held when the system has said yes', async () => {
      expect(await begin()).toEqual({ kind: 'go', was: null });
      expect(await get()).toEqual({ ...known, state: 'beginning' });

      await settle();

      expect(await get()).toEqual({ ...known, state: 'held' });
    });

    it('that comes again is told how far the earlier one came', async () => {
      await begin();
      expect(await begin({ attempt: 'second', now: at(5) })).toEqual({
        kind: 'go',
        was: { ...known, state: 'beginning' },
      });
      await settle();

      expect(await begin({ attempt: 'third', until: at(7_200), now: at(9) })).toEqual({
        kind: 'go',
        was: { ...known, state: 'held' },
      });
      expect(await get()).toEqual({ ...known, until: at(7_200), state: 'beginning' });
    });

    it('that wants no more than is held leaves it held', async () => {
      await begin();
      await settle();

      expect(await begin({ attempt: 'second' })).toMatchObject({ was: { state: 'held' } });

      expect(await get()).toMatchObject({ state: 'held' });
      expect([await mayAct('first'), await mayAct('second')]).toEqual([false, true]);
    });

    it('may act only while no later one has begun', async () => {
      await begin({ attempt: 'first' });
      expect(await mayAct('first')).toBe(true);

      await begin({ attempt: 'second' });

      expect([await mayAct('first'), await mayAct('second'), await mayAct('')]).toEqual([false, true, false]);
    });

    it('of another lease is told who holds the target, and changes nothing', async () => {
      await begin();

      expect(await begin({ leaseId: 'lease-2', by: 'bob', attempt: 'other' })).toEqual({
        kind: 'held_by',
        lease: { ...known, state: 'beginning' },
      });

      expect(await mayAct('other', 'lease-2')).toBe(false);
      expect(await list()).toHaveLength(1);
    });

    it('of another lease may begin elsewhere', async () => {
      await begin();

      expect(await begin({ leaseId: 'lease-2', system: 'moat' })).toMatchObject({ kind: 'go' });
      expect(await begin({ leaseId: 'lease-2', target: 'ipv4:192.0.2.8' })).toMatchObject({ kind: 'go' });
    });
  });

  describe('an end', () => {
    it('is for ever: no attempt begins again, acts or is settled', async () => {
      await begin();

      expect(await end()).toEqual({ wasBegun: true });

      expect(await mayAct('first')).toBe(false);
      expect(await begin({ attempt: 'second' })).toEqual({ kind: 'ended' });
      await settle();
      expect(await get()).toBeNull();
    });

    it('can be repeated, and says each time that it was begun', async () => {
      await begin();
      await settle();

      expect([await end(), await end()]).toEqual([{ wasBegun: true }, { wasBegun: true }]);
    });

    it('of a lease that was never begun overtakes the attempt that comes late', async () => {
      expect(await end()).toEqual({ wasBegun: false });

      expect(await begin()).toEqual({ kind: 'ended' });
      expect(await end()).toEqual({ wasBegun: false });
      expect(await list()).toEqual([]);
    });

    it('of whichever holds the target needs no lease', async () => {
      await begin({ leaseId: 'lease-2' });

      expect(await end(null)).toEqual({ wasBegun: true });
      expect(await end(null)).toEqual({ wasBegun: false });

      expect(await begin({ leaseId: 'lease-2' })).toEqual({ kind: 'ended' });
    });

    it('leaves the target free for the next lease, and the leases of others where they are', async () => {
      await begin();
      await end('lease-2');
      expect(await get()).toMatchObject({ leaseId: 'lease-1' });
      await end();

      expect(await begin({ leaseId: 'lease-3' })).toEqual({ kind: 'go', was: null });
    });
  });

  describe('what never began', () => {
    it('is forgotten, and may begin again', async () => {
      await begin();

      await forget('first');

      expect(await get()).toBeNull();
      expect(await mayAct('first')).toBe(false);
      expect(await begin({ attempt: 'second' })).toEqual({ kind: 'go', was: null });
    });

    it('is not forgotten by an attempt whose place a later one has taken', async () => {
      await begin({ attempt: 'first' });
      await begin({ attempt: 'second' });
      await settle();

      await forget('first');

      expect(await get()).toMatchObject({ state: 'held' });
    });

    it('puts back what was held before, where it would have made that longer', async () => {
      await begin();
      await settle();
      const longer = await begin({ attempt: 'second', until: at(7_200), digest: 'd2' });

      await forget('second', longer.kind === 'go' ? longer.was : null);

      expect(await get()).toMatchObject({ ...known, state: 'held' });
    });

    it('does not come back once it has ended', async () => {
      await begin();
      await end();

      await forget('first');

      expect(await begin({ attempt: 'second' })).toEqual({ kind: 'ended' });
    });
  });

  it('lists all that have not ended, of one system or of all, in a fixed order', async () => {
    for (const [leaseId, system, target] of [
      ['c', 'wall', 'ipv4:192.0.2.9'],
      ['b', 'wall', 'ipv4:192.0.2.1'],
      ['a', 'moat', 'ipv4:192.0.2.1'],
      ['d', 'wall', 'ipv4:192.0.2.7'],
    ] as const)
      await begin({ leaseId, system, target });
    await end('d');

    expect((await list()).map(({ leaseId }) => leaseId)).toEqual(['a', 'b', 'c']);
    expect((await list('wall')).map(({ leaseId }) => leaseId)).toEqual(['b', 'c']);
    expect(await list('gate')).toEqual([]);
  });

  describe('how many began lately', () => {
    const count = async (seconds: number, which: { by?: string; but?: string } = {}) =>
      store().leases.countSince(at(seconds), which);

    it('counts each target of each lease once, in however many systems it is held', async () => {
      await begin();
      await begin({ attempt: 'second', now: at(50) });
      await begin({ system: 'moat' });
      await begin({ target: 'ipv4:192.0.2.8' });
      await begin({ leaseId: 'lease-2', target: 'ipv4:192.0.2.9' });

      expect(await count(0)).toBe(3);
    });

    it('tells requesters apart, and leaves one lease out', async () => {
      await begin();
      await begin({ leaseId: 'lease-2', target: 'ipv4:192.0.2.8', by: 'bob' });

      expect([await count(0, { by: 'ann' }), await count(0, { by: 'eve' })]).toEqual([1, 0]);
      expect([await count(0, { but: 'lease-1' }), await count(0, { by: 'ann', but: 'lease-1' })]).toEqual([1, 0]);
    });

    it('counts from when it first began, what has ended included, and what never began not', async () => {
      await begin({ now: at(100) });
      await begin({ attempt: 'second', now: at(200) });
      expect([await count(100), await count(101)]).toEqual([1, 0]);

      await end();
      await end('lease-2');
      expect(await count(0)).toBe(1);
    });
  });
}
