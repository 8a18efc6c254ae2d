import { describe, expect, it } from 'vitest';
import { flush, type LapiVersion } from '#connectors/crowdsec/simulator-state.ts';
import { type Posted, startLapi } from '#support/crowdsec.ts';

const hoursAgo = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();

/** What was seen of real servers, so that the simulator is as treacherous as they are. */
describe.each<LapiVersion>(['1.4.6', '1.6.11', '1.7.8'])('the simulated CrowdSec %s', (version) => {
  const isOld = version === '1.4.6';

  it.each(['999.1.1.1', 'bad.example', '', ' 203.0.113.1 ', '203.0.113.010', 'fe80::1%eth0'])(
    'stores nothing for %j, and says so in its own way',
    async (value) => {
      const lapi = await startLapi(version);

      const { status, body } = await lapi.post({ value });

      expect([status, body]).toEqual(
        isOld ? [500, { message: expect.stringContaining('invalid addr/range') }] : [201, []],
      );
      expect(lapi.state.decisions).toEqual([]);
    },
  );

  it.each([
    ['4h', true],
    ['90m', true],
    ['1.5h', true],
    ['14400s', true],
    ['1d', !isOld],
    ['2d12h', !isOld],
    ['3600', false],
    ['', false],
    ['abc', false],
  ])('takes the duration %j: %s', async (duration, isTaken) => {
    const lapi = await startLapi(version);

    expect((await lapi.post({ value: '203.0.113.1', duration })).status).toBe(isTaken ? 201 : 500);
  });

  it('says 500 to a list with a bad duration, and leaves orphans unless it is new', async () => {
    const lapi = await startLapi(version);
    const bad: Posted = { value: '203.0.113.2', duration: 'abc' };

    expect((await lapi.post({ value: '203.0.113.1' }, bad)).status).toBe(500);

    expect(await lapi.call('GET', '/v1/alerts')).toBeNull();
    const decisions = await lapi.ask('/v1/decisions?ip=203.0.113.1');
    if (version === '1.7.8') expect(decisions).toBeNull();
    else expect(decisions).toMatchObject([{ value: '203.0.113.1' }]);
  });

  it('makes a second decision of a second alert, and ends both by what they are called', async () => {
    const lapi = await startLapi(version);
    await lapi.post({ value: '203.0.113.1' });
    await lapi.post({ value: '203.0.113.1' });

    expect(await lapi.ask('/v1/decisions?ip=203.0.113.1')).toHaveLength(2);
    expect(await lapi.call('DELETE', '/v1/decisions?value=203.0.113.1&scopes=Ip')).toEqual({ nbDeleted: '2' });
    expect(await lapi.call('DELETE', '/v1/decisions?value=203.0.113.1&scopes=Ip')).toEqual({ nbDeleted: '0' });
    expect(await lapi.call('DELETE', '/v1/decisions/1')).toEqual({ nbDeleted: '1' });
    expect(await lapi.call('DELETE', '/v1/decisions/77')).toEqual({
      message: "decision with id '77' doesn't exist: unable to delete",
    });
  });

  it('ends the range with the address, and everything where nothing is named', async () => {
    const lapi = await startLapi(version);
    await lapi.post({ value: '198.51.100.0/24', scope: 'Range' }, { value: '203.0.113.1' }, { value: '203.0.113.2' });

    expect(await lapi.call('DELETE', '/v1/decisions?ip=198.51.100.9')).toEqual({ nbDeleted: '1' });
    expect(await lapi.call('DELETE', '/v1/decisions')).toEqual({ nbDeleted: '2' });
  });

  it('tells firewalls nothing new that came before a query with their key', async () => {
    const lapi = await startLapi(version);
    await lapi.ask('/v1/decisions/stream?startup=true');
    for (const key of Object.keys(lapi.state.cursors)) lapi.state.cursors[key] = Date.now() - 63_000;
    await lapi.post({ value: '203.0.113.1' });
    for (const decision of lapi.state.decisions) decision.createdAt -= 1000;

    await lapi.ask('/v1/decisions?ip=203.0.113.1');

    const nothing = version === '1.7.8' ? [] : null;
    expect(await lapi.ask('/v1/decisions/stream?startup=false')).toEqual({ new: nothing, deleted: nothing });
  });

  it('does not tell firewalls of a shorter decision, nor of an end while a longer one lives', async () => {
    const lapi = await startLapi(version);
    await lapi.post({ value: '203.0.113.1', duration: '8h' });
    await lapi.ask('/v1/decisions/stream?startup=true');
    await lapi.post({ value: '203.0.113.1', duration: '1h' });
    await lapi.call('DELETE', '/v1/decisions/2');

    const nothing = version === '1.7.8' ? [] : null;
    const told = (await lapi.ask('/v1/decisions/stream?startup=false')) as { new: unknown; deleted: unknown };
    expect(told.deleted).toEqual(nothing);
    expect(told.new).not.toMatchObject([{ duration: expect.stringMatching(/^(?:1h|59m)/) }]);
  });

  it('hides other origins than its own two behind include_capi=false, if it is old', async () => {
    const lapi = await startLapi(version);
    await lapi.post({ value: '203.0.113.1', origin: 'socbot' }, { value: '203.0.113.2', origin: 'CAPI' });
    await lapi.post({ value: '203.0.113.3' });

    const alerts = (await lapi.call('GET', '/v1/alerts?include_capi=false')) as { source: { value: string } }[];

    expect(alerts.map(({ source }) => source.value)).toEqual(isOld ? ['203.0.113.3'] : ['203.0.113.3', '203.0.113.1']);
  });

  it('refuses a filter that it does not know, a machine with a key, and a token of before the restart', async () => {
    const lapi = await startLapi(version);

    expect(await lapi.call('GET', '/v1/alerts?machine_id=socbot')).toEqual({
      message: expect.stringMatching(/^[Ff]ilter parameter 'machine_id' is unknown/),
    });
    expect(await lapi.call('DELETE', '/v1/decisions?origins=socbot')).toEqual({
      message: "'origins' doesn't exist: invalid filter",
    });
    expect(await lapi.call('GET', '/v1/decisions')).toEqual({ message: 'access forbidden' });
  });

  it('counts from the end that the alert names, which may be long ago', async () => {
    const lapi = await startLapi(version);

    expect(await lapi.post({ value: '203.0.113.1', duration: '1h', stopAt: hoursAgo(2) })).toMatchObject({
      status: 201,
      body: [expect.any(String)],
    });

    expect(lapi.simulator.entries()).toEqual([]);
  });

  it('tells no firewall of what the flush job took', async () => {
    const lapi = await startLapi(version);
    await lapi.post({ value: '203.0.113.1' }, { value: '203.0.113.2' });
    await lapi.ask('/v1/decisions/stream?startup=true');

    flush(lapi.state, 1);

    expect(lapi.state.decisions).toHaveLength(1);
    const told = (await lapi.ask('/v1/decisions/stream?startup=false')) as { deleted: unknown };
    expect(told.deleted).toEqual(version === '1.7.8' ? [] : null);
  });

  it.each(['socbot', 'python-requests/2.31 socbot/1.0'])('lets nobody in who is called %s', async (agent) => {
    const { simulator } = await startLapi(version);
    const { CROWDSEC_MACHINE_ID: machineId, CROWDSEC_PASSWORD: password } = simulator.settings;

    const answer = await fetch(`${simulator.url}/v1/watchers/login`, {
      method: 'POST',
      headers: { 'user-agent': agent },
      body: JSON.stringify({ machine_id: machineId, password }),
    });

    expect([answer.status, await answer.json()]).toEqual([
      401,
      { code: 401, message: 'incorrect Username or Password' },
    ]);
  });

  it('names what is missing in an alert with a 500', async () => {
    const { simulator, state } = await startLapi(version);

    const answer = await fetch(`${simulator.url}/v1/alerts`, {
      method: 'POST',
      headers: { authorization: `Bearer simulated.another-machine.${state.starts}` },
      body: JSON.stringify([{}]),
    });

    expect([answer.status, await answer.json()]).toEqual([
      500,
      { message: expect.stringContaining('0.capacity in body is required') },
    ]);
  });
});
