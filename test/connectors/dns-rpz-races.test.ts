import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TYPE } from '#connectors/dns-rpz/message.ts';
import { createDnsRpzResponder } from '#connectors/dns-rpz/responder.ts';
import type { SimulatedZone } from '#connectors/dns-rpz/simulated-zone.ts';
import { type DnsRpzSimulator, serveDnsRpzSimulator } from '#connectors/dns-rpz/simulator.ts';
import type { ConnectorError } from '#connectors/errors.ts';
import type { Observable } from '#domain/observable.ts';
import type { Responder } from '#domain/responder.ts';
import { dnsNoteOf, openDnsRpz, openDnsRpzClient, policyOf, SIMULATED_ZONE } from '#support/dns-rpz.ts';
import { holdOf } from '#support/responder-contract.ts';

const evil: Observable = { kind: 'domain', value: 'evil.example' };
const TOO_LATE = { kind: 'unreachable', isUndone: true };
const signal = new AbortController().signal;

describe('a policy zone that changes between reading and writing', () => {
  let simulator: DnsRpzSimulator;
  let responder: Responder;
  beforeAll(async () => {
    simulator = await serveDnsRpzSimulator();
    responder = openDnsRpz(simulator.settings);
  });
  beforeEach(() => simulator.reset());
  afterAll(async () => simulator.close());

  type Records = SimulatedZone['records'];
  const without = (owner: string) => (records: Records) =>
    records.filter(({ name }) => name !== `${owner}.${SIMULATED_ZONE}`);

  /** A responder that somebody else is always quicker than; `left` is the zone as that one left it. */
  const openLate = (meanwhile: (records: Records) => Records) => {
    const client = openDnsRpzClient(simulator.settings);
    const seen: { left: SimulatedZone | null } = { left: null };
    const change: typeof client.change = async (...call) => {
      simulator.edit(meanwhile);
      seen.left = simulator.zone();
      return client.change(...call);
    };
    return { late: createDnsRpzResponder({ ...client, change }, SIMULATED_ZONE), seen };
  };

  const changes: readonly (readonly [string, (records: Records) => Records])[] = [
    ['the name passes', (there) => [...without('evil.example')(there), policyOf('evil.example', 'rpz-passthru')]],
    ['the name is gone', without('evil.example')],
    ['the names below are gone', without('*.evil.example')],
    ['the note is gone', without('evil.example._socbot')],
    ['somebody wrote beside the note', (there) => [...there, dnsNoteOf('evil.example', 'a word')]],
  ];

  it.each(changes)('keeps what it has when a lease is extended and meanwhile %s', async (_, meanwhile) => {
    await responder.contain(holdOf(evil), signal);
    const { late, seen } = openLate(meanwhile);

    const call = late.contain(holdOf(evil, { until: '2030-01-01T00:00:00.000Z' }), signal);

    await expect(call).rejects.toMatchObject(TOO_LATE);
    expect(simulator.zone()).toBe(seen.left);
  });

  it.each(changes)('keeps what it has when a name is let go and meanwhile %s', async (_, meanwhile) => {
    await responder.contain(holdOf(evil), signal);
    const { late, seen } = openLate(meanwhile);

    await expect(late.release({ target: evil, leaseId: null }, signal)).rejects.toMatchObject(TOO_LATE);
    expect(simulator.zone()).toBe(seen.left);
  });

  it.each([
    ['the name', policyOf('evil.example')],
    ['the names below', policyOf('*.evil.example')],
    ['the note', dnsNoteOf('evil.example', 'a word')],
    ['other data', { ...policyOf('evil.example'), type: TYPE.TXT }],
  ])('is not taken when it was empty and meanwhile somebody put there %s', async (_, record) => {
    const { late, seen } = openLate((there) => [...there, record]);

    await expect(late.contain(holdOf(evil), signal)).rejects.toMatchObject(TOO_LATE);
    expect(simulator.zone()).toBe(seen.left);
  });

  it('is changed by one of two that ask at the same time, and the other comes again', async () => {
    const asked = ['a', 'b', 'c'].map(async (leaseId) => responder.contain(holdOf(evil, { leaseId }), signal));

    const outcomes = await Promise.allSettled(asked);

    expect(outcomes.filter((one) => one.status === 'fulfilled' && one.value.isDone)).toHaveLength(1);
    const lost = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason as ConnectorError] : []));
    for (const failure of lost) expect(failure).toMatchObject({ kind: 'unreachable', isUndone: true });
    expect(simulator.zone().records).toHaveLength(3);
  });
});
