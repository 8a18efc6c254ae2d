import { request, type RequestOptions } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SimulatorDefinition } from '#connectors/simulator-definition.ts';
import { serveSimulator, type Simulator } from '#connectors/simulator.ts';
import { simulators } from '#connectors/simulators.ts';
import { createMixedUpWorld, createWorld, daysAgo, STORIES } from '#connectors/world.ts';
import { OBSERVABLE_KINDS, type Observable } from '#domain/observable.ts';

const vendor: SimulatorDefinition = {
  name: 'vendor',
  key: {
    header: 'X-Key',
    value: 'simulated-key',
    missing: { status: 401, json: { error: 'no key' } },
    wrong: { status: 403, json: { error: 'wrong key' } },
  },
  rateLimited: { status: 429, json: { error: 'slowly' } },
  settings: (url) => ({ VENDOR_URL: url }),
  respond: ({ path }) => ({ status: 200, json: { path } }),
};

/** Sends headers that `fetch` keeps to itself; gives the status. */
async function sendWith(url: string, options: RequestOptions): Promise<number | undefined> {
  const answered = Promise.withResolvers<number | undefined>();
  request(url, options, (response) => answered.resolve(response.resume().statusCode)).end();
  return answered.promise;
}

describe('a simulator', () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await serveSimulator(vendor);
  });
  afterEach(() => simulator.close());

  const call = (path: string, init: RequestInit = {}) =>
    fetch(`${simulator.url}${path}`, { ...init, headers: { 'x-key': 'simulated-key' } });
  const control = (method: string, path: string, body?: unknown) =>
    fetch(`${simulator.url}/_simulator/${path}`, { method, body: body === undefined ? null : JSON.stringify(body) });

  it('is controlled by scripts, and by no web page of somebody else', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' };
    const answer = await sendWith(`${simulator.url}/_simulator/reset`, { method: 'POST', headers });

    expect(answer).toBe(403);
    expect((await control('POST', 'reset')).status).toBe(200);
  });

  it('says what a client needs to begin', () => {
    expect(simulator).toMatchObject({ name: 'vendor', key: 'simulated-key', settings: { VENDOR_URL: simulator.url } });
    expect(simulator.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it.each([
    [{}, 401],
    [{ 'x-key': '' }, 401],
    [{ 'x-key': 'another' }, 403],
    [{ 'x-key': 'simulated-key' }, 200],
  ])('wants the key of the vendor: %j gives %s', async (headers, status) => {
    const answer = await fetch(`${simulator.url}/things`, { headers });

    expect(answer.status).toBe(status);
  });

  it('writes calls down, without headers, and forgets them when told', async () => {
    await call('/things/1?a=b', { method: 'POST', body: 'hello' });

    expect(simulator.ledger()).toEqual([
      {
        number: 1,
        at: expect.any(String),
        method: 'POST',
        path: '/things/1',
        query: 'a=b',
        body: 'hello',
        status: 200,
      },
    ]);
    expect(JSON.stringify(await (await control('GET', 'ledger')).json())).not.toContain('simulated-key');
    await control('POST', 'reset');
    expect(simulator.ledger()).toEqual([]);
  });

  it('writes down the calls whose answers it swallows', async () => {
    simulator.setFaults([{ fault: 'drop-before', times: 1 }, { fault: 'drop-after' }]);

    await call('/first').catch(() => undefined);
    await call('/second').catch(() => undefined);

    expect(simulator.ledger()).toMatchObject([
      { path: '/first', status: null, fault: 'drop-before' },
      { path: '/second', status: 200, fault: 'drop-after' },
    ]);
  });

  it('has faults for some calls, for some times', async () => {
    const rules = [
      { fault: 'server-error', method: 'GET', path: '/a', times: 1 },
      { fault: 'rate-limited', path: '/b' },
    ];
    expect((await control('PUT', 'faults', rules)).status).toBe(200);

    const statuses = [];
    for (const path of ['/a', '/a', '/b', '/b', '/c']) statuses.push((await call(path)).status);

    expect(statuses).toEqual([500, 200, 429, 429, 200]);
    await control('DELETE', 'faults');
    expect((await call('/b')).status).toBe(200);
  });

  it.each([[{}], [[{ fault: 'earthquake' }]], [[{ fault: 'slow', every: 2 }]], ['nonsense']])(
    'refuses the faults %j and says which there are',
    async (rules) => {
      const answer = await control('PUT', 'faults', rules);

      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ canFail: { hang: expect.any(String) } });
      expect(simulator.faults()).toEqual([]);
    },
  );

  it('tells its world, and which controls there are', async () => {
    const state = (await (await control('GET', 'state')).json()) as { stories: unknown[] };

    expect(state).toMatchObject({ name: 'vendor', faults: [] });
    expect(state.stories).toHaveLength(STORIES.length);
    expect((await control('GET', 'nothing')).status).toBe(404);
  });

  it('says that a port is taken', async () => {
    const port = Number(new URL(simulator.url).port);

    await expect(serveSimulator(vendor, { port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it.each(simulators)('of $name answers nonsense without falling over', async (definition) => {
    await using running = await serveDisposable(definition);
    const headers: Record<string, string> = definition.key ? { [definition.key.header]: definition.key.value } : {};

    const paths = ['/', '/%', '/%ff', '/a/b/c', `/${'x'.repeat(5000)}`];
    const gets = await Promise.all(paths.map((path) => fetch(`${running.url}${path}`, { headers })));
    const posts = await Promise.all(
      paths.map((path) => fetch(`${running.url}${path}`, { method: 'POST', headers, body: '\u0000{"query":[[[' })),
    );

    for (const { status } of [...gets, ...posts]) expect(status).toBeGreaterThanOrEqual(200);
  });
});

async function serveDisposable(definition: SimulatorDefinition) {
  const running = await serveSimulator(definition);
  return { url: running.url, [Symbol.asyncDispose]: () => running.close() };
}

const BELONGS_TO_NOBODY = /\.example$|^(192\.0\.2|198\.51\.100|203\.0\.113)\.|^2001:db8:/;

function hostOf({ kind, value }: Observable): string {
  if (kind === 'url') return new URL(value).hostname;
  return kind === 'email' ? value.slice(value.indexOf('@') + 1) : value;
}

describe('the simulated world', () => {
  it('tells about twenty stories of every kind, in places that belong to nobody', () => {
    const kinds = new Set(STORIES.map(({ observable }) => observable.kind));

    expect(STORIES.length).toBeGreaterThanOrEqual(20);
    expect([...kinds].toSorted()).toEqual(['cidr', 'domain', 'email', 'ipv4', 'ipv6', 'sha256', 'url']);
    for (const { observable, file } of STORIES) if (!file) expect(hostOf(observable)).toMatch(BELONGS_TO_NOBODY);
  });

  it('tells each story once, and finds a file by any of its hashes', () => {
    const world = createWorld();
    const file = STORIES.find((story) => story.file?.name === 'eicar.com');

    expect(new Set(STORIES.map(({ observable }) => observable.value)).size).toBe(STORIES.length);
    for (const kind of ['md5', 'sha1', 'sha256'] as const) {
      expect(world.find({ kind, value: file?.file?.[kind] ?? '' }).story).toBe(file);
    }
    expect(world.find({ kind: 'domain', value: 'never-seen.example' }).story).toBeUndefined();
  });

  it.each(OBSERVABLE_KINDS)('mixed up, never talks of the %s it was asked about', (kind) => {
    const asked = { kind, value: 'asked' };

    expect(createMixedUpWorld(createWorld()).find(asked).observable).toMatchObject({ kind });
    expect(createMixedUpWorld(createWorld()).find(asked).observable.value).not.toBe('asked');
  });

  it('counts days back from now', () => {
    expect(daysAgo(1.5, Date.parse('2026-01-03T12:00:00.500Z'))).toBe('2026-01-02T00:00:00Z');
  });
});
