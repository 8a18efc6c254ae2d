import { inspect } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ConnectorError } from '#connectors/errors.ts';
import { createHttp } from '#connectors/http.ts';
import { edgeProxySimulator, sinkholeSimulator } from '#connectors/own-tool/simulator.ts';
import { serveSimulator, type Simulator } from '#connectors/simulator.ts';
import type { Observable } from '#domain/observable.ts';
import { connectTool, toolExamples } from '#support/own-tool.ts';
import { holdOf } from '#support/responder-contract.ts';
import { SOURCE_FAULTS } from '#support/source-faults.ts';

const examples = toolExamples();
const sinkhole = connectTool('sinkhole', examples['sinkhole']);
const edgeProxy = connectTool('edge-proxy', examples['edge-proxy']);
const HASH: Observable = { kind: 'sha256', value: 'ab'.repeat(32) };
const IPV4: Observable = { kind: 'ipv4', value: '192.0.2.7' };
const signal = new AbortController().signal;

/** A responder reads before it acts, so a fault of the whole tool never gets as far as the call that acts. Here it does. */
describe('a fault of the call that acts', () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await serveSimulator(sinkholeSimulator);
  });
  beforeEach(() => simulator.reset());
  afterAll(() => simulator.close());

  const open = (timeoutMs = 10_000) =>
    sinkhole.create(sinkhole.settings.parse(simulator.settings), (options) =>
      createHttp({ ...options, timeoutMs, maxBytes: 256 * 1024 }),
    );
  const until = new Date(Date.UTC(2030, 0, 1)).toISOString();
  const acts = {
    '/rpc/block.add': async (timeoutMs?: number) => open(timeoutMs).contain(holdOf(HASH), signal),
    '/rpc/block.extend': async (timeoutMs?: number) => open(timeoutMs).contain(holdOf(HASH, { until }), signal),
    '/rpc/block.remove': async (timeoutMs?: number) => open(timeoutMs).release({ target: HASH, leaseId: null }, signal),
  };
  const rows = Object.entries(acts).flatMap(([path, act]) =>
    SOURCE_FAULTS.filter(({ fault }) => fault !== 'other-observable').map((row) => ({ path, act, ...row })),
  );

  it.each(rows)('$path: $fault is $kind, never a yes', async ({ path, act, fault, kind, isUndone, isWaitedFor }) => {
    if (path !== '/rpc/block.add') await open().contain(holdOf(HASH), signal);
    simulator.setFaults([{ fault, path, delayMs: 60_000 }]);

    const failure = await act(isWaitedFor ? 250 : 10_000).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(ConnectorError);
    expect(failure).toMatchObject({ kind, isUndone, connector: 'sinkhole' });
    expect(inspect(failure, { depth: null, showHidden: true })).not.toContain('simulated-sinkhole-key');
  });

  it('whose answer was lost is made good by the same call again: held once, and let go once', async () => {
    simulator.setFaults([{ fault: 'drop-after', path: '/rpc/block.add' }]);
    await open()
      .contain(holdOf(HASH), signal)
      .catch(() => undefined);
    simulator.setFaults([{ fault: 'drop-after', path: '/rpc/block.remove' }]);

    expect(await open().contain(holdOf(HASH), signal)).toEqual({ isDone: true });
    expect(simulator.entries()).toHaveLength(1);
    await open()
      .release({ target: HASH, leaseId: 'tg-7000000001-42' }, signal)
      .catch(() => undefined);
    expect(await open().release({ target: HASH, leaseId: 'tg-7000000001-42' }, signal)).toEqual({ isDone: true });

    const paths = simulator.ledger().map(({ path }) => path);
    expect(paths.filter((path) => /add|remove/.test(path))).toEqual(['/rpc/block.add', '/rpc/block.remove']);
  });
});

describe('a tool whose yes is a status alone', () => {
  it('is not believed: what it holds is read back', async () => {
    const simulator = await serveSimulator(edgeProxySimulator);
    const responder = edgeProxy.create(edgeProxy.settings.parse(simulator.settings), createHttp);
    simulator.setFaults([{ fault: 'wrong-shape', method: 'PUT' }]);

    expect(await responder.contain(holdOf(IPV4), signal)).toEqual({ isDone: true });
    expect(await responder.readBack(IPV4, signal)).toBeNull();
    await simulator.close();
  });
});
