import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { composeComment } from '#connectors/pihole/comment.ts';
import { pihole } from '#connectors/pihole/index.ts';
import { createPiholeState, piholeSimulator } from '#connectors/pihole/simulator.ts';
import type { Observable } from '#domain/observable.ts';
import { callsOn, NAME, type PiholeRig, startPihole } from '#support/pihole-rig.ts';
import { describeResponder, holdOf } from '#support/responder-contract.ts';

const WRITES = '/api/domains';
const signal = new AbortController().signal;
const FREE = { isDone: true };

describeResponder({
  connector: pihole,
  // A test logs in more than three times a second
  simulator: { ...piholeSimulator, createState: () => createPiholeState({ loginsPerSecond: null }) },
  samples: [NAME, { kind: 'domain', value: 'xn--bcher-kva.example' }],
  tells: { until: true, lease: true },
  logsInAt: '/api/auth',
});

describe('Pi-hole', () => {
  let rig: PiholeRig;
  beforeAll(async () => {
    rig = await startPihole();
  });
  beforeEach(() => rig.simulator.reset());
  afterAll(() => rig.simulator.close());

  const { contain, release, readBack } = callsOn(() => rig);
  const bodiesOf = (method: string): unknown[] =>
    rig.simulator
      .ledger()
      .filter((entry) => entry.method === method && entry.path.startsWith(WRITES))
      .map(({ body }): unknown => JSON.parse(body));

  describe('its lists', () => {
    it('hold only the very name, not what lies under it', async () => {
      await contain();

      expect(await rig.open().readBack({ kind: 'domain', value: 'www.bad.example' }, signal)).toBeNull();
      expect(rig.state().entries).toMatchObject([{ domain: 'bad.example', type: 'deny', kind: 'exact', groups: [0] }]);
    });

    it.each([{ kind: 'exact' }, { kind: 'regex', domain: '(^|\\.)bad\\.example$' }] as const)(
      'let through what is allowed: %j',
      async (entry) => {
        rig.put({ type: 'allow', ...entry });
        const why = `entry 1 of the allow list (${entry.kind}) wins over every denial`;

        expect(await contain()).toEqual({ isDone: false, why });
        expect(rig.state().entries).toHaveLength(1);

        rig.put({ type: 'deny' });
        expect(await readBack()).toBeNull();
      },
    );

    it('do not list a name that is denied and allowed', async () => {
      await contain();
      rig.put({ type: 'allow' });

      expect(await rig.open().list(signal)).toEqual([]);
    });

    it.each([{ enabled: false }, { groups: [] }])('hold although an allowance does nothing: %j', async (more) => {
      rig.put({ type: 'allow', ...more });

      expect(await contain()).toEqual({ isDone: true });
      expect(await readBack()).toMatchObject({ leaseId: 'tg-7000000001-42' });
      expect(await rig.open().list(signal)).toHaveLength(1);
    });

    it.each([{ enabled: false }, { groups: [] }, { groups: [1] }])('do not hold what is there as %j', async (more) => {
      rig.put(more);

      expect(await readBack()).toBeNull();
      expect(await rig.open().list(signal)).toEqual([]);
    });

    it.each([{ enabled: false }, { groups: [] }])('hold again what SocBot put there and is now %j', async (more) => {
      rig.put({ comment: composeComment(holdOf(NAME)), ...more });

      expect(await contain()).toEqual({ isDone: true });

      expect(await readBack()).toMatchObject({ leaseId: 'tg-7000000001-42' });
      expect(rig.state().entries).toHaveLength(1);
    });

    it('keep the groups that a person added, and are told neither list nor kind', async () => {
      rig.state().groups = [0, 2];
      rig.put({ comment: composeComment(holdOf(NAME, { until: '2026-01-01T00:00:00Z' })), groups: [2, 0] });

      await contain();

      const [body] = bodiesOf('PUT');
      expect(Object.keys(body ?? {}).toSorted()).toEqual(['comment', 'enabled', 'groups']);
      expect(rig.state().entries).toMatchObject([{ groups: [2, 0], enabled: true }]);
    });

    it('are not written to by a repeat', async () => {
      const hold = holdOf(NAME);
      await rig.open().contain(hold, signal);
      await rig.open().contain(hold, signal);

      expect(bodiesOf('POST')).toHaveLength(1);
      expect(bodiesOf('PUT')).toEqual([]);
    });

    it('do not hold a name with a dot at its end', async () => {
      rig.put({ domain: 'bad.example.' });

      expect(await readBack()).toBeNull();
      expect(await rig.open().list(signal)).toEqual([]);
    });

    it('that it subscribes to are named where they hold a name that was let go', async () => {
      await contain();
      rig.state().subscribed = ['bad.example'];

      expect(await release('tg-7000000001-42')).toEqual({
        isDone: false,
        why: 'a list that the Pi-hole subscribes to still holds it',
      });
      expect(rig.state().entries).toEqual([]);
    });

    it('are listed without what is no public name', async () => {
      for (const domain of ['localhost', 'com', '1.2.3.4', 'printer.lan', 'BAD.example']) rig.put({ domain });
      rig.put({ domain: '(^|\\.)bad\\.example$', kind: 'regex' });
      rig.put({ domain: 'other.example' });

      expect((await rig.open().list(signal)).map(({ target }) => target.value)).toEqual(['other.example']);
    });
  });

  describe('while its blocking is switched off', () => {
    beforeEach(() => {
      rig.state().blocking = { isOn: false, until: null };
    });

    it('holds nothing, says so, and is given nothing to hold', async () => {
      const why = 'blocking is switched off on the Pi-hole: nothing is held there now';

      expect(await contain()).toEqual({ isDone: false, why });

      expect(rig.state().entries).toEqual([]);
    });

    it('is not read back as holding what stands on its list', async () => {
      rig.put({ comment: composeComment(holdOf(NAME)) });

      expect(await readBack()).toBeNull();
      expect(await rig.open().list(signal)).toEqual([]);
    });

    it('lets go all the same', async () => {
      rig.put({ comment: composeComment(holdOf(NAME)) });

      expect(await release('tg-7000000001-42')).toEqual(FREE);

      expect(rig.state().entries).toEqual([]);
    });
  });

  it('holds no addresses', async () => {
    const target: Observable = { kind: 'ipv4', value: '192.0.2.1' };

    await expect(rig.open().contain(holdOf(target), signal)).rejects.toMatchObject({ kind: 'refused', isUndone: true });
    expect(rig.calls()).toEqual([]);
  });

  it.each([{ leaseId: 'a lease' }, { digest: '3fa1' }])(
    'writes no entry that nobody could find again: %j',
    async (more) => {
      await expect(contain(more)).rejects.toMatchObject({ kind: 'refused', isUndone: true });
      expect(rig.calls()).toEqual([]);
    },
  );
});
