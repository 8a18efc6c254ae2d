import { describe, expect, it } from 'vitest';
import { crowdsecSimulator } from '#connectors/crowdsec/simulator.ts';
import type { Observable } from '#domain/observable.ts';
import { inForce, type Lapi, startLapi } from '#support/crowdsec.ts';
import { holdOf } from '#support/responder-contract.ts';

const ADDRESS = { kind: 'ipv4', value: '198.51.100.7' } as const;
const signal = new AbortController().signal;
const LEASE = holdOf(ADDRESS).leaseId;

describe('an answer to a block', () => {
  const answering = async (status: number, json: unknown): Promise<Lapi> =>
    startLapi('1.7.8', {
      respond: (request, world, state) =>
        request.method === 'POST' && request.path === '/v1/alerts'
          ? { status, json }
          : crowdsecSimulator.respond(request, world, state),
    });

  it('is a no where it is 201 and nothing was stored', async () => {
    const { responder } = await answering(201, []);

    const why = 'CrowdSec took it and stored nothing';
    expect(await responder.contain(holdOf(ADDRESS), signal)).toEqual({ isDone: false, why });
  });

  it.each([
    [201, ['1', '2']],
    [201, [7]],
    [201, null],
    [200, ['1']],
  ])('is unreadable as %s %j', async (status, json) => {
    const { responder } = await answering(status, json);

    await expect(responder.contain(holdOf(ADDRESS), signal)).rejects.toMatchObject({
      kind: 'malformed_response',
      isUndone: false,
    });
  });

  it.each([
    'validation failure list:\n0.source in body is required',
    'unable to create alerts: decision duration \'1d\' : time: unknown unit "d" in duration "1d": unable to parse duration',
    'unable to create alerts: invalid addr/range nonsense : invalid address: unable to parse duration',
    "filter parameter 'foo' is unknown (=bar): invalid filter",
  ])('blames us where 500 says %j, and is not worth repeating', async (message) => {
    const { responder } = await answering(500, { message });

    const failure = responder.contain(holdOf(ADDRESS), signal);
    await expect(failure).rejects.toMatchObject({ kind: 'refused', isUndone: true });
    await expect(failure).rejects.not.toMatchObject({ message: expect.stringContaining(message.slice(0, 20)) });
  });

  it.each([
    'machine "socbot": building decisions for alert x: creating alert decisions: database is locked',
    'unable to create alerts: error while updating decisions: ent: constraint failed: one of [0] is already connected',
    'unable to query',
  ])('leaves open what became of it where 500 says %j', async (message) => {
    const { responder } = await answering(500, { message });

    const failure = responder.contain(holdOf(ADDRESS), signal);
    await expect(failure).rejects.toMatchObject({ kind: 'unreachable', isUndone: false });
  });
});

describe('an answer to a question about one target', () => {
  it('is not evidence where it is about another', async () => {
    const lapi = await startLapi('1.7.8', {
      respond: (request, world, state) => {
        const query = new URLSearchParams(request.query);
        query.delete('ip');
        return crowdsecSimulator.respond({ ...request, query }, world, state);
      },
    });
    await lapi.post({ value: '198.51.100.8' });

    const malformed = { kind: 'malformed_response', isUndone: false };
    await expect(lapi.responder.readBack(ADDRESS, signal)).rejects.toMatchObject(malformed);
  });

  it('says that nothing is held where an alert has several decisions and none about the target', async () => {
    const lapi = await startLapi();
    await lapi.post({ value: '198.51.100.1' }, { value: '198.51.100.200' });
    for (const decision of lapi.state.decisions) decision.alertId = 1;

    expect(await lapi.call('GET', `/v1/alerts?ip=${ADDRESS.value}`)).toHaveLength(1);
    expect(await lapi.responder.readBack(ADDRESS, signal)).toBeNull();
  });
});

describe('a decision that somebody else has ended and cleared away just now', () => {
  it('is no fault of letting it go', async () => {
    const lapi = await startLapi('1.7.8', {
      respond: (request, world, state) => {
        if (request.path.startsWith('/v1/decisions/')) state.decisions = [];
        return crowdsecSimulator.respond(request, world, state);
      },
    });
    await lapi.post({ value: `${ADDRESS.value}/32`, scope: 'Range' });

    expect(await lapi.responder.release({ target: ADDRESS, leaseId: null }, signal)).toEqual({ isDone: true });
  });
});

describe('a fault after something was done', () => {
  it('never says that nothing was, when a block is let go', async () => {
    const lapi = await startLapi();
    await lapi.responder.contain(holdOf(ADDRESS), signal);
    lapi.simulator.setFaults([{ fault: 'rate-limited', method: 'GET', path: '/v1/alerts' }]);

    const failure = lapi.responder.release({ target: ADDRESS, leaseId: null }, signal);

    await expect(failure).rejects.toMatchObject({ kind: 'rate_limited', retryAfterMs: 7000, isUndone: false });
    expect(inForce(lapi)).toEqual([]);
  });

  it('never says that nothing was, when a block is made longer', async () => {
    const lapi = await startLapi();
    await lapi.responder.contain(holdOf(ADDRESS), signal);
    lapi.simulator.setFaults([{ fault: 'rate-limited', method: 'DELETE' }]);
    const until = new Date(Date.now() + 40 * 3_600_000).toISOString();

    const failure = lapi.responder.contain(holdOf(ADDRESS, { until }), signal);

    await expect(failure).rejects.toMatchObject({ kind: 'rate_limited', isUndone: false });
    expect(await lapi.responder.list(signal)).toHaveLength(1);
  });
});

describe('what is asked of CrowdSec', () => {
  it('is one decision in one alert, counted from a whole second', async () => {
    const lapi = await startLapi();
    const before = Math.floor(Date.now() / 1000) * 1000;
    const hold = holdOf(ADDRESS, { until: new Date(before + 30.5 * 3_600_000 + 400).toISOString() });

    await lapi.responder.contain(hold, signal);

    const call = lapi.simulator.ledger().find(({ method, path }) => method === 'POST' && path === '/v1/alerts');
    const [alert, another] = JSON.parse(call?.body ?? '') as { stop_at: string; decisions: { duration: string }[] }[];
    expect(another).toBeUndefined();
    const scenario = `socbot/${LEASE}`;
    const what = { origin: 'socbot', scenario, scope: 'Ip', type: 'ban', value: ADDRESS.value };
    expect(alert).toMatchObject({
      scenario,
      simulated: false,
      source: { scope: 'Ip', value: ADDRESS.value },
      start_at: alert?.stop_at,
      decisions: [what],
    });
    expect(alert?.stop_at).toMatch(/^[\d-]{10}T[\d:]{8}Z$/);
    const seconds = Number(/^(\d+)s$/.exec(alert?.decisions[0]?.duration ?? '')?.[1]);
    expect(Date.parse(alert?.stop_at ?? '') + seconds * 1000).toBe(before + 30.5 * 3_600_000 + 1000);
  });

  it.each([
    { kind: 'domain', value: 'shop.example' },
    { kind: 'ipv4', value: '' },
    { kind: 'ipv4', value: '198.51.100.007' },
    { kind: 'ipv4', value: '198.51.100.0/24' },
    { kind: 'ipv4', value: '198.51.100.7&scopes=Ip' },
    { kind: 'cidr', value: '198.51.100.7/24' },
    { kind: 'ipv6', value: '2001:DB8::7' },
  ] satisfies Observable[])('is nothing where the target is $kind $value', async (target) => {
    const lapi = await startLapi();

    await expect(lapi.responder.contain(holdOf(target), signal)).rejects.toMatchObject({ kind: 'refused' });
    await expect(lapi.responder.release({ target, leaseId: null }, signal)).rejects.toMatchObject({ kind: 'refused' });
    await expect(lapi.responder.readBack(target, signal)).rejects.toMatchObject({ kind: 'refused' });
    expect(lapi.simulator.ledger()).toEqual([]);
  });

  it.each(['', 'a/b', 'x'.repeat(65), 'täg'])('is nothing where the lease is %j', async (leaseId) => {
    const lapi = await startLapi();

    await expect(lapi.responder.contain(holdOf(ADDRESS, { leaseId }), signal)).rejects.toMatchObject({
      kind: 'refused',
    });
    await expect(lapi.responder.release({ target: ADDRESS, leaseId }, signal)).rejects.toMatchObject({
      kind: 'refused',
    });
    expect(lapi.simulator.ledger()).toEqual([]);
  });

  it('is nothing for a block whose end has passed', async () => {
    const lapi = await startLapi();
    const why = 'its end has passed';

    for (const until of [new Date(Date.now() - 1000).toISOString(), 'tomorrow']) {
      expect(await lapi.responder.contain(holdOf(ADDRESS, { until }), signal)).toEqual({ isDone: false, why });
    }
    expect(lapi.simulator.ledger()).toEqual([]);
  });

  it('names the people only where CrowdSec does not pass it on', async () => {
    const lapi = await startLapi();

    const hold = holdOf(ADDRESS, { by: 'Ana' });
    await lapi.responder.contain(hold, signal);

    const [alert] = lapi.state.alerts;
    expect(alert?.meta).toEqual([
      { key: 'requester', value: 'Ana' },
      { key: 'until', value: hold.until },
      { key: 'digest', value: '3fa1 09bc' },
    ]);
    expect(JSON.stringify({ ...alert, meta: [] })).not.toMatch(/Ana|3fa1/);
  });
});
