import { describe, expect, it } from 'vitest';
import { flush } from '#connectors/crowdsec/simulator-state.ts';
import { openCrowdsec } from '#support/crowdsec.ts';

const VERSIONS = ['1.4.6', '1.6.11', '1.7.8'] as const;

/** An alert with one decision, as a client of the real one sends it. */
function alertOf(value: string, decision: Readonly<Record<string, string>> = {}, more: object = {}) {
  const now = new Date().toISOString();
  return {
    capacity: 0,
    decisions: [
      { duration: '4h', origin: 'tool', scenario: 'tool/block', scope: 'Ip', type: 'ban', value, ...decision },
    ],
    events: [],
    events_count: 1,
    leakspeed: '0',
    message: 'a case',
    scenario: 'tool/block',
    scenario_hash: '',
    scenario_version: '',
    simulated: false,
    source: { scope: 'Ip', value },
    start_at: now,
    stop_at: now,
    ...more,
  };
}

describe('the simulated CrowdSec, like the real one', () => {
  it('makes another decision of the same alert each time', async () => {
    const { call, simulator } = await openCrowdsec();

    await Promise.all([1, 2, 3].map(async () => call('POST', '/v1/alerts', [alertOf('192.0.2.1')])));

    expect(simulator.entries()).toHaveLength(3);
  });

  it.each([
    ['1.4.6', 500],
    ['1.6.11', 201],
    ['1.7.8', 201],
  ] as const)('%s answers a bad value with %i and stores nothing', async (version, status) => {
    const { call, simulator } = await openCrowdsec({ version });

    const answers = [];
    for (const value of ['999.1.1.1', 'shop.example', '', ' 192.0.2.1 ', '192.0.2.01'])
      answers.push(await call('POST', '/v1/alerts', [alertOf(value)]));

    expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 5 }, () => status));
    if (status === 201) expect(answers[0]?.json).toEqual([]);
    expect(simulator.entries()).toEqual([]);
  });

  it.each([
    ['1.4.6', 1],
    ['1.6.11', 1],
    ['1.7.8', 0],
  ] as const)('%s leaves %i decision of a list whose second duration is bad', async (version, left) => {
    const { call, state, simulator } = await openCrowdsec({ version });

    const list = [alertOf('192.0.2.1'), alertOf('192.0.2.2', { duration: 'abc' })];
    expect((await call('POST', '/v1/alerts', list)).status).toBe(500);

    expect(simulator.entries()).toHaveLength(left);
    expect(state.alerts).toEqual([]);
  });

  it.each([
    ['1.4.6', '1d', 500],
    ['1.6.11', '1d', 201],
    ['1.7.8', '2d12h', 201],
    ['1.7.8', '3600', 500],
    ['1.7.8', '', 500],
    ['1.7.8', '1.5h', 201],
  ] as const)('%s answers the duration "%s" with %i', async (version, duration, status) => {
    const { call } = await openCrowdsec({ version });

    expect((await call('POST', '/v1/alerts', [alertOf('192.0.2.1', { duration })])).status).toBe(status);
  });

  it('counts from the end that the alert names, which may be long ago', async () => {
    const { call, simulator } = await openCrowdsec();
    const twoHoursAgo = new Date(Date.now() - 7_200_000).toISOString();

    const answer = await call('POST', '/v1/alerts', [
      alertOf('192.0.2.1', { duration: '1h' }, { stop_at: twoHoursAgo }),
    ]);

    expect(answer).toMatchObject({ status: 201, json: [expect.any(String)] });
    expect(simulator.entries()).toEqual([]);
  });

  it('tells mistakes with 500 and says null for none', async () => {
    const { call } = await openCrowdsec();

    expect(await call('POST', '/v1/alerts', [{}])).toMatchObject({
      status: 500,
      json: { message: expect.stringContaining('0.capacity in body is required') },
    });
    expect((await call('GET', '/v1/alerts?page=2')).status).toBe(500);
    expect((await call('DELETE', '/v1/decisions/999')).status).toBe(500);
    expect(await call('GET', '/v1/alerts')).toEqual({ status: 200, json: null });
    expect((await call('GET', '/v1/decisions')).status).toBe(403);
  });

  it('lets a range go with an address in it, and everything with no filter at all', async () => {
    const range = { scope: 'Range', value: '192.0.2.0/24' };
    const { call, simulator } = await openCrowdsec({}, range, { value: '198.51.100.1' }, { value: '198.51.100.2' });

    expect((await call('DELETE', '/v1/decisions?ip=192.0.2.9')).json).toEqual({ nbDeleted: '1' });
    expect(simulator.entries()).toHaveLength(2);
    expect((await call('DELETE', '/v1/decisions')).json).toEqual({ nbDeleted: '2' });
  });

  it.each(VERSIONS)('%s tells nobody of what the flush job took', async (version) => {
    const { state, fetchChanges } = await openCrowdsec({ version }, { value: '192.0.2.1' }, { value: '192.0.2.2' });
    await fetchChanges(true);

    flush(state, { maxItems: 1 });

    expect(state.decisions).toHaveLength(1);
    const nothing = version === '1.7.8' ? [] : null;
    expect(await fetchChanges()).toEqual({ new: nothing, deleted: nothing });
  });

  it('forgets what a firewall has not fetched once its key is used for a question', async () => {
    const { state, simulator, fetchChanges, call } = await openCrowdsec();
    await fetchChanges(true);
    await call('POST', '/v1/alerts', [alertOf('192.0.2.1')]);
    for (const key of Object.keys(state.pulls)) state.pulls[key] = Date.now() - 63_000;

    await fetch(`${simulator.url}/v1/decisions?ip=192.0.2.1`, { headers: { 'x-api-key': 'simulated-bouncer-key' } });

    expect(await fetchChanges()).toEqual({ new: [], deleted: [] });
  });

  it.each(['socbot', 'python-requests/2.31 socbot/1.0'])('lets nobody in who is called %s', async (name) => {
    const { simulator } = await openCrowdsec();
    const { CROWDSEC_MACHINE_ID: machineId, CROWDSEC_PASSWORD: password } = simulator.settings;

    const response = await fetch(`${simulator.url}/v1/watchers/login`, {
      method: 'POST',
      headers: { 'user-agent': name },
      body: JSON.stringify({ machine_id: machineId, password }),
    });

    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ code: 401, message: 'incorrect Username or Password' });
  });
});
