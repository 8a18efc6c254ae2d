import { describe, expect, it } from 'vitest';
import type { SimulatedDecision } from '#connectors/crowdsec/simulator-state.ts';
import type { Observable } from '#domain/observable.ts';
import { addForeign, openCrowdsec } from '#support/crowdsec.ts';
import { holdOf } from '#support/responder-contract.ts';
import { SOURCE_FAULTS } from '#support/source-faults.ts';

const TARGET = { kind: 'ipv4', value: '192.0.2.77' } as const;
const LEASE = 'tg-7000000001-42';
const VERSIONS = ['1.4.6', '1.6.11', '1.7.8'] as const;
const signal = new AbortController().signal;

describe('letting go with CrowdSec', () => {
  it.each([
    ['with its lease', LEASE],
    ['without one', null],
  ])('names scope, value and type each time %s, and no address that a range holds', async (_, leaseId) => {
    const { responder, asked } = await openCrowdsec();
    await responder.contain(holdOf(TARGET), signal);

    await responder.release({ target: TARGET, leaseId }, signal);

    const queries = asked('DELETE', '/').map(({ path, query }) => ({ path, ...Object.fromEntries(query) }));
    const own = leaseId === null ? {} : { origin: 'socbot', scenario: `socbot/${leaseId}` };
    expect(queries).toEqual([{ path: '/v1/decisions', scopes: 'Ip', value: TARGET.value, type: 'ban', ...own }]);
  });

  it('leaves the range around an address where it is, and names it where the address was to be free', async () => {
    const { responder, simulator } = await openCrowdsec({}, { scope: 'Range', value: '192.0.2.0/24' });
    await responder.contain(holdOf(TARGET), signal);

    expect(await responder.release({ target: TARGET, leaseId: LEASE }, signal)).toEqual({ isDone: true });
    expect(await responder.release({ target: TARGET, leaseId: null }, signal)).toEqual({
      isDone: false,
      why: 'a block of the range 192.0.2.0/24 still covers it',
    });

    expect(await responder.readBack(TARGET, signal)).toBeNull();
    expect(simulator.entries().map(({ text }) => text)).toEqual(['Bans 192.0.2.0/24']);
  });

  it('names a wider range around a range', async () => {
    const { responder } = await openCrowdsec({}, { scope: 'Range', value: '2001:db8::/32' });
    const range = { kind: 'cidr', value: '2001:db8:1::/48' } as const;

    expect(await responder.release({ target: range, leaseId: null }, signal)).toMatchObject({
      why: 'a block of the range 2001:db8::/32 still covers it',
    });
  });

  it('leaves what others have decided to them where a lease is named, and takes it off where none is', async () => {
    const { responder, simulator } = await openCrowdsec({}, {}, { origin: 'crowdsec' }, { value: '192.0.2.78' });
    await responder.contain(holdOf(TARGET), signal);

    await responder.release({ target: TARGET, leaseId: LEASE }, signal);
    expect(simulator.entries()).toHaveLength(3);

    expect(await responder.release({ target: TARGET, leaseId: null }, signal)).toEqual({ isDone: true });
    expect(simulator.entries().map(({ text }) => text)).toEqual(['Bans 192.0.2.78']);
  });

  it.each<[string, Observable, Partial<SimulatedDecision>]>([
    ['a long IPv6 spelling', { kind: 'ipv6', value: '2001:db8::aa' }, { value: '2001:0DB8:0:0:0:0:0:AA' }],
    ['a mapped IPv4 address', TARGET, { value: '::ffff:192.0.2.77' }],
    ['a range of one address', TARGET, { scope: 'Range', value: '192.0.2.77/32' }],
    ['host bits in a range', { kind: 'cidr', value: '192.0.2.0/24' }, { scope: 'Range', value: '192.0.2.9/24' }],
    ['a range with the scope of an address', { kind: 'cidr', value: '192.0.2.0/24' }, { value: '192.0.2.0/24' }],
  ])('knows a target again in %s, and lets it go', async (_, target, decision) => {
    const { responder } = await openCrowdsec({}, decision);
    expect(await responder.readBack(target, signal)).toMatchObject({ target, leaseId: null });

    expect(await responder.release({ target, leaseId: null }, signal)).toEqual({ isDone: true });

    expect(await responder.readBack(target, signal)).toBeNull();
  });

  it.each(VERSIONS)('takes along a decision of %s that an error has left without its alert', async (version) => {
    const orphan = { alertId: null, origin: 'socbot', scenario: `socbot/${LEASE}` };
    const { responder, simulator } = await openCrowdsec({ version }, orphan);

    await responder.release({ target: TARGET, leaseId: LEASE }, signal);

    expect(simulator.entries()).toEqual([]);
  });

  it('takes a decision that vanished meanwhile for ended', async () => {
    const { responder, state, before, asked } = await openCrowdsec();
    await responder.contain(holdOf(TARGET, { until: '2099-01-01T00:00:00.000Z' }), signal);
    before(({ method }) => {
      if (method === 'DELETE') state.decisions = state.decisions.slice(1);
    });

    const longer = holdOf(TARGET, { until: '2099-06-01T00:00:00.000Z' });
    expect(await responder.contain(longer, signal)).toEqual({ isDone: true });

    expect(asked('DELETE', '/v1/decisions/')).toHaveLength(1);
    expect(await responder.list(signal)).toHaveLength(1);
  });

  it('never takes an alert away: bouncers would not be told', async () => {
    const { responder, asked, fetchChanges } = await openCrowdsec();
    await responder.contain(holdOf(TARGET), signal);
    await fetchChanges(true);

    await responder.release({ target: TARGET, leaseId: LEASE }, signal);

    expect(asked('DELETE', '/v1/alerts')).toEqual([]);
    expect(await fetchChanges()).toMatchObject({ new: [], deleted: [{ value: TARGET.value }] });
  });
});

describe('what CrowdSec holds', () => {
  it.each(VERSIONS)('is listed with what others decided, as %s tells it', async (version) => {
    const { responder } = await openCrowdsec({ version }, { scope: 'Range', value: '198.51.100.0/24' });
    await responder.contain(holdOf(TARGET), signal);

    const held = await responder.list(signal);

    expect(held.map(({ target, by, leaseId }) => ({ value: target.value, by, leaseId }))).toEqual([
      { value: TARGET.value, by: 'Ana', leaseId: LEASE },
      { value: '198.51.100.0/24', by: 'cscli', leaseId: null },
    ]);
  });

  it('is not what is only shown: simulated, over, or with a word that no bouncer knows', async () => {
    const { responder } = await openCrowdsec(
      { version: '1.4.6' },
      { isSimulated: true },
      { untilMs: Date.now() - 1 },
      { scope: 'ip' },
      { type: 'BAN' },
      { type: 'captcha' },
    );

    expect(await responder.readBack(TARGET, signal)).toBeNull();
    expect(await responder.list(signal)).toEqual([]);
  });

  it('is a lease only where SocBot wrote it', async () => {
    const { responder } = await openCrowdsec(
      {},
      { origin: 'another-tool', scenario: `socbot/${LEASE}` },
      { origin: 'socbot', scenario: 'socbot/not a lease' },
    );

    expect((await responder.list(signal)).map(({ leaseId }) => leaseId)).toEqual([null, null]);
  });

  it('includes an address of the community’s lists when it is asked for, and not in the whole list', async () => {
    const { responder } = await openCrowdsec({}, { origin: 'CAPI' });

    expect(await responder.readBack(TARGET, signal)).toMatchObject({ by: 'CAPI', leaseId: null });
    expect(await responder.list(signal)).toEqual([]);
  });

  it('is read whole from a server that would not survive a limit', async () => {
    const { responder, state } = await openCrowdsec({ version: '1.4.6' });
    for (let at = 0; at < 250; at += 1) addForeign(state, { value: `198.51.100.${at}` });

    expect(await responder.list(signal)).toHaveLength(250);
  });

  it('is not an alert with several decisions of which none is about the target', async () => {
    const { responder, state } = await openCrowdsec({}, { value: '192.0.2.1' });
    addForeign(state, { value: '192.0.2.200', alertId: state.alerts[0]?.id ?? 0 });

    expect(await responder.readBack(TARGET, signal)).toBeNull();
  });

  it('is asked without touching what the firewall has yet to hear', async () => {
    const { responder, state, asked, fetchChanges } = await openCrowdsec();
    await fetchChanges(true);
    for (const key of Object.keys(state.pulls)) state.pulls[key] = Date.now() - 63_000;

    await responder.contain(holdOf(TARGET), signal);
    await responder.readBack(TARGET, signal);
    await responder.list(signal);

    expect(asked('GET', '/v1/decisions')).toHaveLength(1);
    expect(await fetchChanges()).toMatchObject({ new: [{ value: TARGET.value }] });
  });
});

describe('CrowdSec, logging in', () => {
  it('takes one token for calls at the same time', async () => {
    const { responder, asked } = await openCrowdsec();

    await Promise.all([responder.list(signal), responder.readBack(TARGET, signal)]);

    expect(asked('POST', '/v1/watchers/login')).toHaveLength(1);
    expect(asked('POST', '/v1/watchers/login')[0]?.headers['user-agent']?.split('/')).toHaveLength(2);
  });

  it('logs in anew once after a restart, and does what it was about to do once', async () => {
    const { responder, state, asked, simulator } = await openCrowdsec();
    await responder.list(signal);
    state.starts += 1;

    expect(await responder.contain(holdOf(TARGET), signal)).toEqual({ isDone: true });

    expect(asked('POST', '/v1/watchers/login')).toHaveLength(2);
    expect(simulator.entries()).toHaveLength(1);
  });

  it('gives up where a new token is refused too', async () => {
    const { responder, simulator, asked } = await openCrowdsec();
    await responder.list(signal);
    simulator.setFaults([{ fault: 'unauthorized', path: '/v1/alerts' }]);

    await expect(responder.list(signal)).rejects.toMatchObject({ kind: 'unauthorized', isUndone: true });

    expect(asked('POST', '/v1/watchers/login')).toHaveLength(2);
  });

  it.each([{ CROWDSEC_PASSWORD: 'another-password' }, { CROWDSEC_MACHINE_ID: 'another' }])(
    'is not let in with %j, and does not try again',
    async (settings) => {
      const { another, asked } = await openCrowdsec();

      await expect(another(settings).list(signal)).rejects.toMatchObject({ kind: 'unauthorized' });

      expect(asked('POST', '/v1/watchers/login')).toHaveLength(1);
    },
  );

  const verbs = ['contain', 'release', 'readBack', 'list'] as const;
  // An empty list is how the server says that it holds nothing.
  const faults = SOURCE_FAULTS.filter(
    ({ fault, isWaitedFor }) => !isWaitedFor && !['other-observable', 'list', 'null'].includes(fault),
  );
  const cases = verbs.flatMap((verb) => faults.map((row) => ({ verb, ...row })));

  it.each(cases)('turns $fault into $kind when it is to $verb behind it', async ({ verb, fault, kind }) => {
    const { responder, simulator } = await openCrowdsec();
    await responder.list(signal);
    simulator.setFaults([
      { fault, path: '/v1/alerts' },
      { fault, path: '/v1/decisions' },
    ]);
    const calls = {
      contain: async () => responder.contain(holdOf(TARGET), signal),
      release: async () => responder.release({ target: TARGET, leaseId: LEASE }, signal),
      readBack: async () => responder.readBack(TARGET, signal),
      list: async () => responder.list(signal),
    };

    await expect(calls[verb]()).rejects.toMatchObject({ kind, connector: 'crowdsec' });
  });
});
