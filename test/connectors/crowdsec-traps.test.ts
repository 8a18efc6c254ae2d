import { describe, expect, it } from 'vitest';
import { flush, type LapiVersion } from '#connectors/crowdsec/simulator-state.ts';
import type { Observable } from '#domain/observable.ts';
import { inForce, type Lapi, startLapi } from '#support/crowdsec.ts';
import { holdOf } from '#support/responder-contract.ts';

const VERSIONS: readonly LapiVersion[] = ['1.4.6', '1.6.11', '1.7.8'];

const ADDRESS = { kind: 'ipv4', value: '198.51.100.7' } as const;
const NEIGHBOUR = { kind: 'ipv4', value: '198.51.100.8' } as const;
const RANGE = { kind: 'cidr', value: '198.51.100.0/24' } as const;
const signal = new AbortController().signal;
const LEASE = holdOf(ADDRESS).leaseId;

function queriesOf({ simulator }: Lapi, method: string, path: string): string[] {
  return simulator
    .ledger()
    .filter((call) => call.method === method && call.path === path)
    .map(({ query }) => query);
}

/** What the firewall hears at its next poll. */
async function poll(lapi: Lapi): Promise<{ new: { value: string }[] | null; deleted: { value: string }[] | null }> {
  return (await lapi.ask('/v1/decisions/stream?startup=false')) as Awaited<ReturnType<typeof poll>>;
}

describe.each(VERSIONS)('CrowdSec %s', (version) => {
  it('ends a block when it was to end, although it tells only what is left of it', async () => {
    const lapi = await startLapi(version);
    const hold = holdOf(ADDRESS);
    await lapi.responder.contain(hold, signal);

    const held = await lapi.responder.readBack(ADDRESS, signal);

    expect(held).toMatchObject({ by: 'Ana', leaseId: LEASE });
    expect(Math.abs(Date.parse(held?.until ?? '') - Date.parse(hold.until))).toBeLessThanOrEqual(5000);
    expect(lapi.state.decisions[0]?.until).toBe(Date.parse(hold.until));
  });

  it('is sent durations that every version knows, for blocks of many days too', async () => {
    const lapi = await startLapi(version);
    const until = new Date(Date.now() + 30 * 86_400_000).toISOString();

    expect(await lapi.responder.contain(holdOf(ADDRESS, { until }), signal)).toEqual({ isDone: true });

    const sent = lapi.simulator.ledger().find(({ method, path }) => method === 'POST' && path === '/v1/alerts')?.body;
    expect(sent).toMatch(/"duration":"\d+s"/);
    expect(sent).toContain('"simulated":false');
  });

  it('is asked for nothing new by a block that is asked for again', async () => {
    const lapi = await startLapi(version);
    const hold = holdOf(ADDRESS);
    for (let times = 0; times < 3; times += 1) await lapi.responder.contain(hold, signal);

    expect(queriesOf(lapi, 'POST', '/v1/alerts')).toHaveLength(1);
    expect(lapi.simulator.ledger().filter(({ method }) => method === 'DELETE')).toEqual([]);
  });

  it("is not asked for the community's blocklist about what SocBot holds", async () => {
    const lapi = await startLapi(version);
    await lapi.responder.contain(holdOf(ADDRESS), signal);
    await lapi.responder.readBack(ADDRESS, signal);

    const queries = queriesOf(lapi, 'GET', '/v1/alerts').map((query) => new URLSearchParams(query));
    expect(queries.map((query) => query.get('origin'))).toEqual(['socbot', 'socbot']);
  });

  it('has one decision again after several were made at once', async () => {
    const lapi = await startLapi(version);
    const hold = holdOf(ADDRESS);
    await Promise.all(Array.from({ length: 8 }, async () => lapi.responder.contain(hold, signal)));
    expect(await lapi.responder.list(signal)).toHaveLength(1);

    await lapi.responder.contain(hold, signal);

    expect(inForce(lapi)).toEqual(['socbot 198.51.100.7']);
  });

  it('tells firewalls of a longer end, and of no gap before it', async () => {
    const lapi = await startLapi(version);
    await lapi.responder.contain(holdOf(ADDRESS), signal);
    await lapi.ask('/v1/decisions/stream?startup=true');
    const until = new Date(Date.now() + 40 * 3_600_000).toISOString();

    await lapi.responder.contain(holdOf(ADDRESS, { until }), signal);

    const told = await poll(lapi);
    expect(told.new).toMatchObject([{ value: ADDRESS.value, duration: expect.stringMatching(/^(?:39h59m|40h)/) }]);
    expect(told.deleted ?? []).toEqual([]);
    expect(inForce(lapi)).toHaveLength(1);
  });

  it('is not made to hold for less, of which no firewall would hear', async () => {
    const lapi = await startLapi(version);
    await lapi.responder.contain(holdOf(ADDRESS), signal);
    const until = new Date(Date.now() + 3_600_000).toISOString();

    expect(await lapi.responder.contain(holdOf(ADDRESS, { until }), signal)).toEqual({
      isDone: false,
      why: 'CrowdSec holds it for longer, and cannot make that shorter',
    });

    expect(inForce(lapi)).toHaveLength(1);
  });

  it('has one decision again after a longer end was set and the shorter could not be ended', async () => {
    const lapi = await startLapi(version);
    await lapi.responder.contain(holdOf(ADDRESS), signal);
    lapi.simulator.setFaults([{ fault: 'server-error', method: 'DELETE' }]);
    const longer = holdOf(ADDRESS, { until: new Date(Date.now() + 40 * 3_600_000).toISOString() });
    await expect(lapi.responder.contain(longer, signal)).rejects.toMatchObject({
      kind: 'unreachable',
      isUndone: false,
    });
    expect(inForce(lapi)).toHaveLength(2);
    lapi.simulator.setFaults([]);
    expect(await lapi.responder.readBack(ADDRESS, signal)).toMatchObject({ until: longer.until });
    expect(await lapi.responder.list(signal)).toMatchObject([{ until: longer.until }]);

    expect(await lapi.open().contain(longer, signal)).toEqual({ isDone: true });

    expect(inForce(lapi)).toHaveLength(1);
    expect(await lapi.responder.readBack(ADDRESS, signal)).toMatchObject({ until: longer.until });
  });

  it.each([-2, 2])('ends a block when it was to end, although its clock is off by %i minutes', async (minutes) => {
    const lapi = await startLapi(version);
    const hold = holdOf(ADDRESS);
    await lapi.responder.contain(hold, signal);
    for (const decision of lapi.state.decisions) decision.until += minutes * 60_000;

    expect(await lapi.responder.readBack(ADDRESS, signal)).toMatchObject({ until: hold.until });
    expect(await lapi.responder.contain(hold, signal)).toEqual({ isDone: true });

    expect(queriesOf(lapi, 'POST', '/v1/alerts')).toHaveLength(1);
  });

  it('is believed where what is left of a block is far from what was noted', async () => {
    const lapi = await startLapi(version);
    const hold = holdOf(ADDRESS);
    await lapi.responder.contain(hold, signal);
    for (const decision of lapi.state.decisions) decision.until -= 3_600_000;

    const held = await lapi.responder.readBack(ADDRESS, signal);

    expect(Math.abs(Date.parse(held?.until ?? '') - Date.parse(hold.until) + 3_600_000)).toBeLessThanOrEqual(5000);
  });

  it('keeps the range around an address that is let go, names it, and keeps the neighbour', async () => {
    const lapi = await startLapi(version);
    await lapi.post({ value: RANGE.value, scope: 'Range' });
    await lapi.responder.contain(holdOf(ADDRESS), signal);
    await lapi.responder.contain(holdOf(NEIGHBOUR), signal);

    expect(await lapi.responder.release({ target: ADDRESS, leaseId: LEASE }, signal)).toEqual({ isDone: true });
    expect(await lapi.responder.release({ target: ADDRESS, leaseId: null }, signal)).toEqual({
      isDone: false,
      why: 'a block of 198.51.100.0/24 by cscli still holds it',
    });

    expect(await lapi.responder.readBack(ADDRESS, signal)).toBeNull();
    expect(inForce(lapi)).toEqual(['cscli 198.51.100.0/24', 'socbot 198.51.100.8']);
  });

  it('keeps the addresses in a range that is let go', async () => {
    const lapi = await startLapi(version);
    await lapi.responder.contain(holdOf(RANGE), signal);
    await lapi.responder.contain(holdOf(ADDRESS), signal);

    expect(await lapi.responder.release({ target: RANGE, leaseId: LEASE }, signal)).toEqual({ isDone: true });

    expect(inForce(lapi)).toEqual(['socbot 198.51.100.7']);
  });

  it('is never asked to end decisions without naming value, scope and type', async () => {
    const lapi = await startLapi(version);
    await lapi.post({ value: '203.0.113.9' });
    for (const target of [ADDRESS, RANGE] satisfies Observable[]) {
      await lapi.responder.contain(holdOf(target), signal);
      for (const leaseId of [LEASE, null]) await lapi.responder.release({ target, leaseId }, signal);
    }

    const filters = queriesOf(lapi, 'DELETE', '/v1/decisions').map((query) => new URLSearchParams(query));
    expect(filters).toHaveLength(4);
    for (const filter of filters) {
      for (const name of ['value', 'scopes', 'type']) expect(filter.get(name)).toMatch(/./);
      expect(filter.has('ip') || filter.has('range')).toBe(false);
    }
    expect(lapi.simulator.ledger().filter(({ path }) => path.startsWith('/v1/alerts/'))).toEqual([]);
    expect(inForce(lapi)).toEqual(['cscli 203.0.113.9']);
  });

  it('is seen to hold nothing after its flush has taken a block along, and holds it again when asked again', async () => {
    const lapi = await startLapi(version);
    const hold = holdOf(ADDRESS);
    await lapi.responder.contain(hold, signal);
    await lapi.post({ value: '203.0.113.9' }, { value: '203.0.113.10' });
    flush(lapi.state, 2);

    expect(await lapi.responder.readBack(ADDRESS, signal)).toBeNull();
    expect((await lapi.responder.list(signal)).map(({ leaseId }) => leaseId)).toEqual([null, null]);
    await lapi.responder.contain(hold, signal);

    expect(await lapi.responder.readBack(ADDRESS, signal)).toMatchObject({ leaseId: LEASE });
  });

  it('is seen to hold nothing after another machine has ended the block', async () => {
    const lapi = await startLapi(version);
    await lapi.responder.contain(holdOf(ADDRESS), signal);
    await lapi.call('DELETE', `/v1/decisions?ip=${ADDRESS.value}`);

    expect(await lapi.responder.readBack(ADDRESS, signal)).toBeNull();
    expect(await lapi.responder.list(signal)).toEqual([]);
  });

  it('is left without a decision that no list shows when its alert was lost', async () => {
    const lapi = await startLapi(version);
    lapi.state.trouble = 'orphan';
    await expect(lapi.responder.contain(holdOf(ADDRESS), signal)).rejects.toMatchObject({
      kind: 'unreachable',
      isUndone: false,
    });
    lapi.state.trouble = 'none';
    expect(inForce(lapi)).toHaveLength(1);
    await lapi.responder.contain(holdOf(ADDRESS), signal);

    expect(await lapi.responder.release({ target: ADDRESS, leaseId: LEASE }, signal)).toEqual({ isDone: true });

    expect(inForce(lapi)).toEqual([]);
  });

  it('may hold or not after its database was locked, and holds once when asked again', async () => {
    const lapi = await startLapi(version);
    lapi.state.trouble = 'locked';
    const failure = lapi.responder.contain(holdOf(ADDRESS), signal);
    await expect(failure).rejects.toMatchObject({ kind: 'unreachable', isUndone: false });
    lapi.state.trouble = 'none';

    await lapi.responder.contain(holdOf(ADDRESS), signal);

    expect(inForce(lapi)).toEqual(['socbot 198.51.100.7']);
  });

  it('is asked for everything in a way that it can answer, with hundreds of alerts too', async () => {
    const lapi = await startLapi(version);
    await lapi.post(...Array.from({ length: 230 }, (_, at) => ({ value: `203.0.113.${at}` })));
    await lapi.responder.contain(holdOf(ADDRESS), signal);

    expect(await lapi.responder.list(signal)).toHaveLength(231);
    const queries = queriesOf(lapi, 'GET', '/v1/alerts').map((query) => new URLSearchParams(query));
    expect(new Set(queries.map((query) => query.get('limit')))).toEqual(new Set(['0']));
    expect(new Set(queries.map((query) => query.get('has_active_decision')))).toEqual(new Set(['true']));
    expect(queries.filter((query) => query.has('include_capi'))).toEqual([]);
  });

  it("does not lose a firewall's news to a reading back", async () => {
    const lapi = await startLapi(version);
    await lapi.ask('/v1/decisions/stream?startup=true');
    for (const key of Object.keys(lapi.state.cursors)) lapi.state.cursors[key] = Date.now() - 63_000;

    await lapi.responder.contain(holdOf(ADDRESS), signal);
    await lapi.responder.readBack(ADDRESS, signal);
    await lapi.responder.list(signal);

    expect((await poll(lapi)).new).toMatchObject([{ value: ADDRESS.value }]);
  });
});
