import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createHttp } from '#connectors/http.ts';
import { opnsense } from '#connectors/opnsense/index.ts';
import { opnsenseSimulator, type OpnsenseState, reloadAliases } from '#connectors/opnsense/simulator.ts';
import { serveSimulator, type Simulator } from '#connectors/simulator.ts';
import type { Observable } from '#domain/observable.ts';
import type { Responder } from '#domain/responder.ts';
import { answerWith } from '#support/fixed-answer.ts';
import { describeResponder, holdOf } from '#support/responder-contract.ts';

const ADDRESS: Observable = { kind: 'ipv4', value: '203.0.113.66' };
const NETWORK: Observable = { kind: 'cidr', value: '203.0.113.0/24' };
const ADD = '/api/firewall/alias_util/add/';
const DELETE = '/api/firewall/alias_util/delete/';
const SETTINGS = {
  OPNSENSE_URL: 'http://opnsense.example',
  OPNSENSE_API_KEY: 'a-key',
  OPNSENSE_API_SECRET: 'a-secret',
};
const signal = new AbortController().signal;

describeResponder({
  connector: opnsense,
  simulator: opnsenseSimulator,
  samples: [ADDRESS, { kind: 'ipv6', value: '2001:db8:bad::66' }, NETWORK],
  tells: { until: false, lease: false },
  readsAt: '/api/firewall/alias_util/list/',
});

/** An OPNsense that is told only what this one call says. */
function answering(body: unknown, status = 200): Responder {
  return opnsense.create(opnsense.settings.parse(SETTINGS), answerWith(body, status));
}

describe('OPNsense', () => {
  let state: OpnsenseState;
  let simulator: Simulator;
  const table = (lines: readonly string[]): void => {
    state.aliases['socbot'] = { type: 'network', content: [...lines], table: [...lines] };
  };
  const open = (more: Readonly<Record<string, string>> = {}): Responder =>
    opnsense.create(opnsense.settings.parse({ ...simulator.settings, ...more }), createHttp);
  const callsOf = (): string[] => simulator.ledger().map(({ path }) => path.split('/')[4] ?? '');

  beforeAll(async () => {
    state = { aliases: {} };
    simulator = await serveSimulator({ ...opnsenseSimulator, createState: () => state });
    table([]);
  });
  afterEach(() => {
    simulator.reset();
    table([]);
  });
  afterAll(() => simulator.close());

  it('says in words that the alias is not there', async () => {
    const answer = await open({ OPNSENSE_ALIAS: 'elsewhere' }).contain(holdOf(ADDRESS), signal);

    expect(answer).toEqual({ isDone: false, why: 'OPNsense has no alias elsewhere' });
  });

  it('takes an address whose answer was lost for one call, not for two', async () => {
    simulator.setFaults([{ fault: 'drop-after', path: ADD }]);
    await expect(open().contain(holdOf(ADDRESS), signal)).rejects.toMatchObject({
      kind: 'unreachable',
      isUndone: false,
    });
    simulator.setFaults([]);

    expect(await open().contain(holdOf(ADDRESS), signal)).toEqual({ isDone: true });

    expect(callsOf().filter((verb) => verb === 'add')).toHaveLength(1);
  });

  it('leaves nothing in the configuration that a reload would put in force again', async () => {
    const responder = open();
    for (let times = 0; times < 3; times += 1) await responder.contain(holdOf(ADDRESS), signal);
    await responder.release({ target: ADDRESS, leaseId: null }, signal);

    reloadAliases(state);

    expect(await responder.list(signal)).toEqual([]);
  });

  it('holds an address that a network covers by an entry of its own', async () => {
    table([NETWORK.value]);

    expect(await open().readBack(ADDRESS, signal)).toBeNull();
    expect(await open().contain(holdOf(ADDRESS), signal)).toEqual({ isDone: true });

    expect(await open().readBack(ADDRESS, signal)).toMatchObject({ target: ADDRESS });
  });

  it('does not say that an address is free while a network still covers it', async () => {
    table([NETWORK.value, '203.0.0.0/16', ADDRESS.value]);
    const no = { isDone: false, why: '203.0.113.0/24 in the alias socbot still covers it' };

    expect(await open().release({ target: ADDRESS, leaseId: 'tg-7000000001-42' }, signal)).toEqual(no);
    expect(await open().release({ target: ADDRESS, leaseId: null }, signal)).toEqual(no);

    expect(state.aliases['socbot']?.table).toEqual([NETWORK.value, '203.0.0.0/16']);
  });

  it('lets a network go and leaves the addresses in it', async () => {
    table([NETWORK.value, ADDRESS.value]);

    expect(await open().release({ target: NETWORK, leaseId: null }, signal)).toEqual({ isDone: true });

    expect((await open().list(signal)).map(({ target }) => target)).toEqual([ADDRESS]);
  });

  it('does not take for held what the alias excludes', async () => {
    table([NETWORK.value, '!203.0.113.66']);
    const no = { isDone: false, why: 'the alias socbot leaves 203.0.113.66 open' };

    expect(await open().contain(holdOf(ADDRESS), signal)).toEqual(no);
    expect(await open().contain(holdOf(NETWORK), signal)).toEqual(no);
    expect(await open().readBack(NETWORK, signal)).toBeNull();
    expect(await open().list(signal)).toEqual([]);
    expect(await open().release({ target: ADDRESS, leaseId: null }, signal)).toEqual({ isDone: true });
  });

  it('finds what stands behind the first 9999 lines', async () => {
    const lines = Array.from({ length: 12_000 }, (_, index) => `198.18.${index >> 8}.${index & 255}`);
    table([...lines, ADDRESS.value]);

    expect(await open().readBack(ADDRESS, signal)).toMatchObject({ target: ADDRESS });
    expect(await open().list(signal)).toHaveLength(12_001);
  });

  it('lists what people put there, networks too, without a lease', async () => {
    table(['192.0.2.0/25', '2001:db8:bad::66']);

    expect(await open().list(signal)).toEqual([
      {
        system: 'opnsense',
        target: { kind: 'cidr', value: '192.0.2.0/25' },
        until: null,
        by: null,
        leaseId: null,
      },
      {
        system: 'opnsense',
        target: { kind: 'ipv6', value: '2001:db8:bad::66' },
        until: null,
        by: null,
        leaseId: null,
      },
    ]);
  });

  it.each([
    ['add', ADD],
    ['delete', DELETE],
  ])('believes the list and not the word when %s says "done" and does nothing', async (_, path) => {
    const responder = open();
    if (path === DELETE) await responder.contain(holdOf(ADDRESS), signal);
    simulator.setFaults([{ fault: 'no-effect', path }]);

    if (path === DELETE) await responder.release({ target: ADDRESS, leaseId: null }, signal);
    else await responder.contain(holdOf(ADDRESS), signal);

    expect((await responder.readBack(ADDRESS, signal)) !== null).toBe(path === DELETE);
  });

  it.each([
    ['server-error', 'unreachable'],
    ['hang', 'unreachable'],
    ['html', 'malformed_response'],
    ['wrong-shape', 'malformed_response'],
    ['list', 'malformed_response'],
    ['unauthorized', 'unauthorized'],
  ] as const)('turns %s at the act itself into %s', async (fault, kind) => {
    const impatient = opnsense.create(opnsense.settings.parse(simulator.settings), (options) =>
      createHttp({ ...options, timeoutMs: 250 }),
    );
    simulator.setFaults([{ fault, path: ADD }]);
    await expect(impatient.contain(holdOf(ADDRESS), signal)).rejects.toMatchObject({ kind });

    table([ADDRESS.value]);
    simulator.setFaults([{ fault, path: DELETE }]);
    await expect(impatient.release({ target: ADDRESS, leaseId: null }, signal)).rejects.toMatchObject({ kind });
  });

  it('never empties the alias', async () => {
    table([NETWORK.value]);
    const responder = open();
    await responder.contain(holdOf(ADDRESS), signal);
    await responder.readBack(ADDRESS, signal);
    await responder.list(signal);
    await responder.release({ target: ADDRESS, leaseId: null }, signal);

    expect(new Set(callsOf())).toEqual(new Set(['list', 'add', 'delete']));
    expect(state.aliases['socbot']?.table).toEqual([NETWORK.value]);
  });

  it.each([
    [{ OPNSENSE_API_KEY: 'another-key' }, 'unauthorized'],
    [{ OPNSENSE_API_SECRET: 'another-secret' }, 'unauthorized'],
  ])('is turned away with %j', async (credentials, kind) => {
    await expect(open(credentials).contain(holdOf(ADDRESS), signal)).rejects.toMatchObject({ kind, isUndone: true });
  });

  it('reads the list of older releases, but not one that may mean that it could not be read', async () => {
    expect(await answering([ADDRESS.value]).readBack(ADDRESS, signal)).toMatchObject({ target: ADDRESS });
    await expect(answering([]).readBack(ADDRESS, signal)).rejects.toMatchObject({ kind: 'malformed_response' });
  });

  it.each([
    ['a part of the table', { total: 2, rows: [{ ip: '203.0.113.5' }] }],
    ['a line that is no address', { total: 1, rows: [{ ip: 'bad.example' }] }],
    ['a line without an address', { total: 1, rows: [{ description: 'x' }] }],
    ['no rows', { total: 0 }],
    ['no total', { rows: [] }],
  ])('does not conclude from %s that nothing is held', async (_, body) => {
    await expect(answering(body).readBack(ADDRESS, signal)).rejects.toMatchObject({ kind: 'malformed_response' });
  });

  it.each([
    [{ status: 403, message: 'Forbidden' }, 403, 'unauthorized'],
    [{ errorMessage: 'Endpoint not found' }, 404, 'malformed_response'],
    [{ errorMessage: 'Unexpected error, check log for details' }, 500, 'unreachable'],
  ])('takes %j for what it is', async (body, status, kind) => {
    await expect(answering(body, status).list(signal)).rejects.toMatchObject({ kind });
  });

  it.each([
    [{ status: 'not_an_address' }, 'OPNsense does not take it for an address'],
    [{ status: 'failed' }, 'OPNsense says that it failed'],
    [{ status: 'failed', status_msg: '<b>anything</b>' }, 'OPNsense says that it failed'],
  ])('takes %j with status 200 for a no', async (word, why) => {
    const responder = opnsense.create(opnsense.settings.parse(SETTINGS), (options) => ({
      send: async (endpoint, call) =>
        answerWith(endpoint.path.includes('/list/') ? { total: 0, rows: [] } : word)(options).send(endpoint, call),
    }));

    expect(await responder.contain(holdOf(ADDRESS), signal)).toEqual({ isDone: false, why });
  });

  it('holds no domains', async () => {
    const target: Observable = { kind: 'domain', value: 'bad.example' };

    await expect(open().contain(holdOf(target), signal)).rejects.toMatchObject({ kind: 'refused', isUndone: true });
    expect(simulator.ledger()).toEqual([]);
  });

  it.each(['', 'two words', 'a/../b', '1st', 'x'.repeat(33)])('has no alias by the name of %j', (name) => {
    expect(opnsense.settings.safeParse({ ...SETTINGS, OPNSENSE_ALIAS: name }).success).toBe(false);
  });
});
