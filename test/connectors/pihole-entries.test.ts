import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { callsOn, NAME, type PiholeRig, startPihole } from '#support/pihole-rig.ts';

const FREE = { isDone: true };

describe('on the deny list of a Pi-hole', () => {
  let rig: PiholeRig;
  beforeAll(async () => {
    rig = await startPihole();
  });
  beforeEach(() => rig.simulator.reset());
  afterAll(() => rig.simulator.close());

  const { contain, release, readBack } = callsOn(() => rig);

  describe('an entry of a person', () => {
    it('holds too, and stays as it is', async () => {
      const before = { ...rig.put() };

      expect(await contain()).toEqual({ isDone: true });

      expect(await readBack()).toEqual({ system: 'pihole', target: NAME, until: null, by: null, leaseId: null });
      expect(rig.state().entries).toEqual([before]);
    });

    it('stays when a lease is let go, and SocBot says that it still holds', async () => {
      rig.put();

      expect(await release('tg-7000000001-42')).toEqual({
        isDone: false,
        why: "entry 1 of the deny list (exact), a person's own, holds it",
      });
      expect(await readBack()).not.toBeNull();
    });

    it('goes when whatever holds the name is let go', async () => {
      rig.put();

      expect(await release(null)).toEqual(FREE);

      expect(rig.state().entries).toEqual([]);
    });

    it.each([{ enabled: false }, { groups: [3] }])('that holds nothing (%j) is not switched on', async (more) => {
      const before = { ...rig.put(more) };

      expect(await contain()).toEqual({
        isDone: false,
        why: "entry 1 of the deny list (exact) is a person's own, and is disabled or not in the default group",
      });
      expect(rig.state().entries).toEqual([before]);
    });

    it('that holds nothing does not keep a name from being free', async () => {
      rig.put({ enabled: false });

      expect(await release('tg-7000000001-42')).toEqual(FREE);
      expect(rig.state().entries).toHaveLength(1);
    });

    it('for more than the name that does nothing does not keep the name from being free', async () => {
      await contain();
      rig.put({ kind: 'regex', domain: '(^|\\.)bad\\.example$', groups: [] });

      expect(await release('tg-7000000001-42')).toEqual(FREE);
    });

    it('for more than the name is named when the name is let go, and stays', async () => {
      await contain();
      rig.put({ kind: 'regex', domain: '(^|\\.)bad\\.example$' });

      expect(await readBack()).toMatchObject({ leaseId: 'tg-7000000001-42' });
      const why = 'entry 2 of the deny list (regex) still covers it';
      expect(await release('tg-7000000001-42')).toEqual({ isDone: false, why });
      expect(rig.state().entries).toMatchObject([{ kind: 'regex' }]);
    });
  });

  describe('an entry of another lease', () => {
    it('stands until its end, and says whose it is', async () => {
      const until = new Date(Date.now() + 3_600_000).toISOString();
      await contain({ leaseId: 'tg-7000000001-7', by: 'Ben', until });

      const answer = await contain();

      const minute = `${until.slice(0, 16).replace('T', ' ')} UTC`;
      expect(answer).toEqual({ isDone: false, why: `another block by Ben holds it until ${minute}` });
      expect(await readBack()).toMatchObject({ leaseId: 'tg-7000000001-7', until, by: 'Ben' });
    });

    it('that was left behind is taken over', async () => {
      await contain({ leaseId: 'tg-7000000001-7', until: '2026-01-01T00:00:00Z' });

      expect(await contain()).toEqual({ isDone: true });

      expect(await readBack()).toMatchObject({ leaseId: 'tg-7000000001-42' });
      expect(rig.state().entries).toHaveLength(1);
    });
  });
});
