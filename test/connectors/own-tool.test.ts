import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ConnectorError } from '#connectors/errors.ts';
import { createHttp } from '#connectors/http.ts';
import { edgeProxySimulator, quarantineSimulator, sinkholeSimulator } from '#connectors/own-tool/simulator.ts';
import { serveSimulator, type Simulator } from '#connectors/simulator.ts';
import type { Observable } from '#domain/observable.ts';
import type { Responder } from '#domain/responder.ts';
import { connectTool, toolExamples } from '#support/own-tool.ts';
import { describeResponder, holdOf } from '#support/responder-contract.ts';

const examples = toolExamples();
const edgeProxy = connectTool('edge-proxy', examples['edge-proxy']);
const sinkhole = connectTool('sinkhole', examples['sinkhole']);
const quarantine = connectTool('quarantine', examples['quarantine']);

const IPV4: Observable = { kind: 'ipv4', value: '192.0.2.7' };
const HASH: Observable = { kind: 'sha256', value: 'ab'.repeat(32) };

describeResponder({
  connector: edgeProxy,
  simulator: edgeProxySimulator,
  samples: [
    IPV4,
    { kind: 'ipv6', value: '2001:db8::7' },
    { kind: 'cidr', value: '198.51.100.0/24' },
    { kind: 'domain', value: 'evil.example' },
    { kind: 'domain', value: 'invoice.zip' },
  ],
  tells: { until: true, lease: true },
});

describeResponder({
  connector: sinkhole,
  simulator: sinkholeSimulator,
  samples: [
    { kind: 'domain', value: 'evil.example' },
    { kind: 'url', value: 'https://evil.example/b?c=%2F..%2F&d=%22e%22#f' },
    HASH,
  ],
  tells: { until: true, lease: true },
});

const signal = new AbortController().signal;

function open(connector: typeof edgeProxy, simulator: Simulator): Responder {
  return connector.create(connector.settings.parse(simulator.settings), createHttp);
}

/** A description that says something else than the example. */
function changed(name: string, change: object): typeof edgeProxy {
  return connectTool(name, { ...examples[name], ...change });
}

async function kindOf(call: Promise<unknown>): Promise<string> {
  const outcome = await call.catch((error: unknown) => error);
  return outcome instanceof ConnectorError ? outcome.kind : JSON.stringify(outcome);
}

describe('a tool with an address for each block', () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await serveSimulator(edgeProxySimulator);
  });
  beforeEach(() => simulator.reset());
  afterAll(() => simulator.close());

  const putByHand = async (value: string, comment = 'by hand, Joe') =>
    fetch(`${simulator.url}/api/blocks/${encodeURIComponent(value)}`, {
      method: 'PUT',
      headers: { authorization: 'Bearer simulated-edge-proxy-token' },
      body: JSON.stringify({ expires: '2027-01-01T00:00:00Z', comment }),
    });
  const calls = () => simulator.ledger().map(({ method, path }) => `${method} ${path}`);

  it('is sent the target in its place, the end, and whose it is', async () => {
    const hold = holdOf(IPV4);

    await open(edgeProxy, simulator).contain(hold, signal);

    expect(simulator.ledger().at(-1)).toMatchObject({ method: 'PUT', path: '/api/blocks/192.0.2.7' });
    expect(JSON.parse(simulator.ledger().at(-1)?.body ?? '')).toEqual({
      expires: hold.until,
      comment: 'SocBot tg-7000000001-42, asked by Ana, digest 3fa1 09bc',
    });
    expect(await open(edgeProxy, simulator).readBack(IPV4, signal)).toMatchObject({ by: 'Ana', until: hold.until });
  });

  it('is not asked again for what it holds already, and as long', async () => {
    const responder = open(edgeProxy, simulator);
    await responder.contain(holdOf(IPV4), signal);
    simulator.setFaults([{ fault: 'server-error', method: 'PUT' }]);

    expect(await responder.contain(holdOf(IPV4), signal)).toEqual({ isDone: true });
  });

  it('keeps what somebody put there by hand: SocBot neither takes it over nor lets it go', async () => {
    await putByHand('192.0.2.7');
    const responder = open(edgeProxy, simulator);

    expect(await responder.contain(holdOf(IPV4), signal)).toMatchObject({ isDone: false });
    expect(await responder.release({ target: IPV4, leaseId: 'tg-7000000001-42' }, signal)).toMatchObject({
      isDone: false,
    });

    expect(await responder.readBack(IPV4, signal)).toMatchObject({ leaseId: null, by: null });
    expect(calls().filter((call) => !call.startsWith('GET'))).toEqual(['PUT /api/blocks/192.0.2.7']);
  });

  it('says which wider network still holds an address that was let go', async () => {
    const responder = open(edgeProxy, simulator);
    await responder.contain(holdOf(IPV4), signal);
    await putByHand('192.0.2.0/24');

    expect(await responder.release({ target: IPV4, leaseId: 'tg-7000000001-42' }, signal)).toEqual({
      isDone: false,
      why: '192.0.2.0/24 holds it, too',
    });
    expect(await responder.readBack(IPV4, signal)).toBeNull();
  });

  it('lists what was put there by hand, and passes over what is no kind that it takes', async () => {
    for (const value of ['evil[.]example', '192.0.2.1-192.0.2.9', 'ab'.repeat(32), 'Evil.Example'])
      await putByHand(value);

    const held = await open(edgeProxy, simulator).list(signal);

    expect(held.map(({ target }) => target)).toEqual([{ kind: 'domain', value: 'evil.example' }]);
  });

  it.each([
    ['PUT', 'contain'],
    ['DELETE', 'release'],
  ] as const)('does not take a web page in answer to %s for a yes', async (method, verb) => {
    const responder = open(edgeProxy, simulator);
    if (verb === 'release') await responder.contain(holdOf(IPV4), signal);
    for (const fault of ['html', 'html-not-found'] as const) {
      simulator.setFaults([{ fault, method }]);

      const call =
        verb === 'contain'
          ? responder.contain(holdOf(IPV4), signal)
          : responder.release({ target: IPV4, leaseId: null }, signal);

      expect(await kindOf(call)).toBe('malformed_response');
    }
  });

  it('keeps a hostile target in its place in the path', async () => {
    const names = connectTool('edge-proxy', { ...examples['edge-proxy'], kinds: ['host'] });
    const responder = open(names, simulator);

    for (const value of [
      '../../admin',
      '%2e%2e%2fadmin',
      'a?b=c&d#e',
      'x\r\ny: z',
      '{lease}',
      '__proto__',
      '\u202Ex',
    ]) {
      const target: Observable = { kind: 'host', value };
      await responder.contain(holdOf(target), signal);
      expect(simulator.ledger().at(-1)?.path).toBe(`/api/blocks/${encodeURIComponent(value)}`);
      expect(await responder.readBack(target, signal)).toMatchObject({ target });
      expect(await responder.release({ target, leaseId: null }, signal)).toEqual({ isDone: true });
    }
    for (const value of ['..', '.', ''])
      expect(await kindOf(responder.contain(holdOf({ kind: 'host', value }), signal))).toBe('refused');
  });

  it('is not asked about a kind that it does not take', async () => {
    expect(await kindOf(open(edgeProxy, simulator).readBack(HASH, signal))).toBe('refused');
    expect(simulator.ledger()).toEqual([]);
  });

  it('sends its secret and nobody else sees it', async () => {
    const wrong = { ...simulator.settings, EDGE_PROXY_TOKEN: 'a-wrong-token-0123456789' };
    const responder = edgeProxy.create(edgeProxy.settings.parse(wrong), createHttp);

    const failure = await responder.list(signal).catch((error: unknown) => error);

    expect(failure).toMatchObject({ kind: 'unauthorized', message: 'GET /blocks: HTTP 401' });
  });
});

describe('a tool with calls by name', () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await serveSimulator(sinkholeSimulator);
  });
  beforeEach(() => simulator.reset());
  afterAll(() => simulator.close());

  const call = async (method: string, body: object) =>
    fetch(`${simulator.url}/rpc/${method}`, {
      method: 'POST',
      headers: { 'x-api-key': 'simulated-sinkhole-key' },
      body: JSON.stringify(body),
    });

  it('is sent numbers as numbers, and a block is made longer and lifted by its id', async () => {
    const responder = open(sinkhole, simulator);
    const until = new Date(Date.UTC(2030, 0, 1)).toISOString();
    await responder.contain(holdOf(HASH), signal);

    await responder.contain(holdOf(HASH, { until }), signal);
    await responder.release({ target: HASH, leaseId: null }, signal);

    const acts = simulator.ledger().filter(({ path }) => /add|extend|remove/.test(path));
    expect(acts.map(({ path }) => path)).toEqual(['/rpc/block.add', '/rpc/block.extend', '/rpc/block.remove']);
    expect(acts.slice(1).map(({ body }) => JSON.parse(body) as unknown)).toEqual([
      { id: 1, until: Date.UTC(2030, 0, 1) / 1000 },
      { id: 1 },
    ]);
  });

  it('never takes "ok: false" for a yes', async () => {
    const responder = open(
      changed('sinkhole', { contain: { ...(examples['sinkhole']?.['contain'] as object), path: '/rpc/nothing' } }),
      simulator,
    );

    expect(await kindOf(responder.contain(holdOf(HASH), signal))).toBe('malformed_response');
  });

  it('looks through a list, and lets every entry of this request go, where the list has two', async () => {
    const { list } = examples['sinkhole'] ?? {};
    const readBack = { ...(list as object) };
    const responder = open(changed('sinkhole', { readBack }), simulator);
    const note = 'SocBot tg-7000000001-42, asked by Ana, digest 3fa1 09bc';
    await call('block.add', { value: HASH.value, until: 1_900_000_000, note });
    await call('block.add', { value: HASH.value, until: 1_900_000_060, note });
    await call('block.add', { value: 'cd'.repeat(32), until: 1_900_000_000, note });

    expect(await responder.readBack(HASH, signal)).toMatchObject({ until: '2030-03-17T17:47:40.000Z' });
    expect(await responder.release({ target: HASH, leaseId: 'tg-7000000001-42' }, signal)).toEqual({ isDone: true });

    expect(await responder.readBack(HASH, signal)).toBeNull();
    expect(simulator.entries()).toHaveLength(1);
  });

  it('is sent the seconds that are left, never fewer than one', async () => {
    const contain = {
      method: 'POST',
      path: '/rpc/block.add',
      json: { value: '{target}', note: '{mark}', until: '{secondsLeft}' },
    };
    const responder = open(changed('sinkhole', { contain }), simulator);

    await responder.contain(holdOf(HASH, { until: '2020-01-01T00:00:00.000Z' }), signal);

    expect(JSON.parse(simulator.ledger().at(-1)?.body ?? '')).toMatchObject({ until: 1 });
  });
});

describe('a tool that knows names and nothing else', () => {
  it('holds a machine off, tells it, and lets it go', async () => {
    const simulator = await serveSimulator(quarantineSimulator);
    const responder = open(quarantine, simulator);
    const target: Observable = { kind: 'host', value: 'fin-07' };

    expect(await responder.contain(holdOf(target), signal)).toEqual({ isDone: true });
    expect(await responder.list(signal)).toEqual([
      { system: 'quarantine', target, until: null, by: null, leaseId: null },
    ]);
    await responder.contain(holdOf(target, { until: '2030-01-01T00:00:00.000Z' }), signal);
    expect(simulator.ledger().filter(({ method }) => method === 'PUT')).toHaveLength(1);
    expect(await responder.release({ target, leaseId: null }, signal)).toEqual({ isDone: true });
    expect(await responder.readBack(target, signal)).toBeNull();
    await simulator.close();
  });
});
