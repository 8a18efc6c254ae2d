import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { crowdsec } from '#connectors/crowdsec/index.ts';
import { flush } from '#connectors/crowdsec/simulator-state.ts';
import { crowdsecSimulator } from '#connectors/crowdsec/simulator.ts';
import { openCrowdsec } from '#support/crowdsec.ts';
import { answerWith } from '#support/fixed-answer.ts';
import { holdOf } from '#support/responder-contract.ts';

const TARGET = { kind: 'ipv4', value: '192.0.2.77' } as const;
const LEASE = 'tg-7000000001-42';
const VERSIONS = ['1.4.6', '1.6.11', '1.7.8'] as const;
const HOUR_MS = 3_600_000;
const START = '2026-11-24T06:00:00.000Z';
const signal = new AbortController().signal;

const after = (hours: number): string => new Date(Date.parse(START) + hours * HOUR_MS).toISOString();

describe('a decision of SocBot’s', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime(START);
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is one decision in one alert, which says whose it is and is counted from now', async () => {
    const { responder, asked } = await openCrowdsec();

    await responder.contain(holdOf(TARGET, { until: after(30.5) }), signal);

    const scenario = `socbot/${LEASE}`;
    const source = { scope: 'Ip', value: '192.0.2.77', ip: '192.0.2.77' };
    const message = `SocBot lease=${LEASE} until=20261125T123000.000Z digest=3fa1 09bc by=Ana`;
    expect(JSON.parse(asked('POST', '/v1/alerts')[0]?.body ?? '')).toEqual([
      {
        capacity: 0,
        decisions: [
          { duration: '30h30m0s', origin: 'socbot', scenario, scope: 'Ip', type: 'ban', value: '192.0.2.77' },
        ],
        events: [],
        events_count: 1,
        leakspeed: '0',
        message,
        scenario,
        scenario_hash: '',
        scenario_version: '',
        simulated: false,
        source,
        start_at: '2026-11-24T06:00:00Z',
        stop_at: '2026-11-24T06:00:00Z',
      },
    ]);
  });

  it.each(VERSIONS)('ends when it should, also weeks later, as %s tells it', async (version) => {
    const { responder } = await openCrowdsec({ version });
    vi.setSystemTime(Date.parse(START) + 400);

    expect(await responder.contain(holdOf(TARGET, { until: after(500) }), signal)).toEqual({ isDone: true });

    const held = await responder.readBack(TARGET, signal);
    expect(Math.abs(Date.parse(held?.until ?? '') - Date.parse(after(500)))).toBeLessThanOrEqual(1000);
    vi.setSystemTime(Date.parse(after(500)) + 1);
    expect(await responder.readBack(TARGET, signal)).toBeNull();
    expect(await responder.list(signal)).toEqual([]);
  });

  it('asks nothing of a server once its time is over', async () => {
    const { responder, asked } = await openCrowdsec();

    expect(await responder.contain(holdOf(TARGET, { until: START }), signal)).toMatchObject({ isDone: false });

    expect(asked('POST', '/')).toEqual([]);
  });

  it('is no longer held where the flush job has taken it, and is put back with the same end', async () => {
    const { responder, state } = await openCrowdsec();
    const hold = holdOf(TARGET, { until: after(720) });
    await responder.contain(hold, signal);
    vi.setSystemTime(after(169));
    flush(state);

    expect(await responder.readBack(TARGET, signal)).toBeNull();
    expect(await responder.contain(hold, signal)).toEqual({ isDone: true });

    expect(await responder.readBack(TARGET, signal)).toMatchObject({ until: after(720), leaseId: LEASE });
  });

  it('is put beside the older one when it is to last longer, and the firewall is never told to let go', async () => {
    const { responder, state, fetchChanges } = await openCrowdsec();
    await fetchChanges(true);
    await responder.contain(holdOf(TARGET, { until: after(1) }), signal);
    vi.setSystemTime(Date.parse(START) + 10_000);
    await fetchChanges();
    vi.setSystemTime(Date.parse(START) + 20_000);

    await responder.contain(holdOf(TARGET, { until: after(9) }), signal);

    const [older, newer] = state.decisions;
    expect(older?.untilMs).toBe(Date.now());
    expect(await fetchChanges()).toMatchObject({ new: [{ id: newer?.id }], deleted: [] });
  });

  it('finishes an extension that was broken off in its middle', async () => {
    const { another, simulator } = await openCrowdsec();
    await another().contain(holdOf(TARGET, { until: after(1) }), signal);
    simulator.setFaults([{ fault: 'server-error', method: 'DELETE' }]);
    const longer = holdOf(TARGET, { until: after(9) });
    await expect(another().contain(longer, signal)).rejects.toMatchObject({ kind: 'unreachable', isUndone: false });
    expect(simulator.entries()).toHaveLength(2);
    simulator.setFaults([]);

    expect(await another().contain(longer, signal)).toEqual({ isDone: true });

    expect(simulator.entries()).toHaveLength(1);
    expect(await another().readBack(TARGET, signal)).toMatchObject({ until: after(9) });
  });

  it('is not made shorter, of which no bouncer would hear', async () => {
    const { responder, simulator } = await openCrowdsec();
    await responder.contain(holdOf(TARGET, { until: after(9) }), signal);

    const answer = await responder.contain(holdOf(TARGET, { until: after(1) }), signal);

    expect(answer).toMatchObject({ isDone: false, why: expect.stringContaining('shorter') });
    expect(simulator.entries()).toHaveLength(1);
  });
});

describe('holding with CrowdSec', () => {
  it('leaves one decision where two calls at once have made two', async () => {
    const { responder, simulator } = await openCrowdsec();
    const hold = holdOf(TARGET);
    await Promise.all([responder.contain(hold, signal), responder.contain(hold, signal)]);

    await responder.contain(hold, signal);

    expect(simulator.entries()).toHaveLength(1);
    expect(await responder.list(signal)).toHaveLength(1);
  });

  it('says no where another lease holds the target, and touches nothing', async () => {
    const { responder, simulator } = await openCrowdsec();
    await responder.contain(holdOf(TARGET, { leaseId: 'tg-7000000001-43', by: 'Ben' }), signal);

    expect(await responder.contain(holdOf(TARGET), signal)).toEqual({
      isDone: false,
      why: 'another block by Ben holds it',
    });
    expect(simulator.entries()).toHaveLength(1);
  });

  it('puts its own beside what somebody else has decided, and shows its own', async () => {
    const { responder, simulator } = await openCrowdsec({}, { untilMs: Date.now() + 99 * HOUR_MS });

    expect(await responder.contain(holdOf(TARGET), signal)).toEqual({ isDone: true });

    expect(simulator.entries()).toHaveLength(2);
    expect(await responder.readBack(TARGET, signal)).toMatchObject({ leaseId: LEASE, by: 'Ana' });
  });

  it('is put back by a repeat where another machine has lifted it', async () => {
    const { responder, state, simulator } = await openCrowdsec();
    const hold = holdOf(TARGET);
    await responder.contain(hold, signal);
    for (const decision of state.decisions) decision.untilMs = Date.now() - 1;
    expect(await responder.readBack(TARGET, signal)).toBeNull();

    await responder.contain(hold, signal);

    expect(simulator.entries()).toHaveLength(1);
  });

  it.each([
    ['a 201 that stored nothing', [], { isDone: false, why: 'CrowdSec took it and stored nothing' }],
    ['a 201 with one id', ['7'], { isDone: true }],
  ])('reads %s', async (_, ids, answer) => {
    const settings = crowdsec.settings.parse(crowdsecSimulator.settings('https://crowdsec.example'));
    const responder = crowdsec.create(settings, (options) => ({
      send: async (endpoint) => {
        const bodies: Record<string, unknown> = {
          'POST /v1/watchers/login': { token: 't' },
          'GET /v1/allowlists/check/{target}': {},
          'GET /v1/alerts': null,
          'POST /v1/alerts': ids,
        };
        const call = `${endpoint.method} ${endpoint.path}`;
        return answerWith(bodies[call], call === 'POST /v1/alerts' ? 201 : 200)(options).send(endpoint);
      },
    }));

    expect(await responder.contain(holdOf(TARGET), signal)).toEqual(answer);
  });

  it.each([
    ['192.0.2.77', TARGET],
    ['192.0.2.64/26', TARGET],
    ['198.51.100.7', { kind: 'cidr', value: '198.51.100.0/24' } as const],
    ['2001:db8::/32', { kind: 'ipv6', value: '2001:db8::7' } as const],
  ])('asks the allowlists first, which CrowdSec does not: %s', async (entry, target) => {
    const { responder, simulator } = await openCrowdsec({ allowlist: [entry] });

    const answer = await responder.contain(holdOf(target), signal);

    expect(answer).toEqual({ isDone: false, why: `an allowlist of CrowdSec’s keeps it off: ${entry} from office` });
    expect(simulator.entries()).toEqual([]);
  });

  it('takes a server without allowlists for one on which nothing is allowed, but no web page for that', async () => {
    const { responder, simulator } = await openCrowdsec({ version: '1.4.6' });
    expect(await responder.contain(holdOf(TARGET), signal)).toEqual({ isDone: true });
    simulator.setFaults([{ fault: 'html-not-found', path: '/v1/allowlists/' }]);

    const another = responder.contain(holdOf({ kind: 'ipv4', value: '192.0.2.78' }), signal);

    await expect(another).rejects.toMatchObject({ kind: 'malformed_response' });
  });

  it.each(VERSIONS)('does not take an error of %s for done, and leaves nothing of it in the end', async (version) => {
    const { responder, state, simulator } = await openCrowdsec({ version, isLocked: true });
    const hold = holdOf(TARGET);
    await expect(responder.contain(hold, signal)).rejects.toMatchObject({ kind: 'unreachable', isUndone: false });
    expect(await responder.readBack(TARGET, signal)).toBeNull();
    state.isLocked = false;

    expect(await responder.contain(hold, signal)).toEqual({ isDone: true });
    expect(await responder.readBack(TARGET, signal)).toMatchObject({ leaseId: LEASE });
    expect(await responder.release({ target: TARGET, leaseId: LEASE }, signal)).toEqual({ isDone: true });

    expect(simulator.entries()).toEqual([]);
  });

  it('throws for what is neither an address nor a range', async () => {
    const { responder } = await openCrowdsec();
    const domain = { kind: 'domain', value: 'update-cdn.example' } as const;

    await expect(responder.contain(holdOf(domain), signal)).rejects.toMatchObject({ kind: 'refused' });
    await expect(responder.readBack(domain, signal)).rejects.toMatchObject({ kind: 'refused' });
  });
});
