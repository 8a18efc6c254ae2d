import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DnsRpzSimulator, serveDnsRpzSimulator } from '#connectors/dns-rpz/simulator.ts';
import { ConnectorError } from '#connectors/errors.ts';
import type { Observable } from '#domain/observable.ts';
import type { Responder } from '#domain/responder.ts';
import { openDnsRpz, SIMULATED_ZONE } from '#support/dns-rpz.ts';
import { holdOf } from '#support/responder-contract.ts';
import { HOSTILE_VALUES } from '#support/source-faults.ts';

const evil: Observable = { kind: 'domain', value: 'evil.example' };
const signal = new AbortController().signal;

describe('a policy zone', () => {
  let simulator: DnsRpzSimulator;
  let responder: Responder;
  beforeAll(async () => {
    simulator = await serveDnsRpzSimulator();
    responder = openDnsRpz(simulator.settings);
  });
  beforeEach(() => simulator.reset());
  afterAll(async () => simulator.close());

  const owners = () => simulator.zone().records.map(({ name }) => name.slice(0, -SIMULATED_ZONE.length - 1));

  it('is not asked about what it cannot hold', async () => {
    const targets: readonly Observable[] = [
      { kind: 'ipv4', value: '192.0.2.1' },
      ...HOSTILE_VALUES.map((value): Observable => ({ kind: 'domain', value })),
      ...[
        '32.7.2.0.192.rpz-ip',
        'x.rpz-nsdname',
        'evil.example._socbot',
        '*.example',
        'a..b',
        `${'a.'.repeat(120)}b`,
      ].map((value): Observable => ({ kind: 'domain', value })),
    ];

    for (const target of targets) {
      for (const call of [
        responder.contain(holdOf(target), signal),
        responder.release({ target, leaseId: null }, signal),
        responder.readBack(target, signal),
      ]) {
        await expect(call, target.value).rejects.toMatchObject({ kind: 'refused', isUndone: true });
      }
    }
    expect(simulator.ledger()).toEqual([]);
  });

  it('is never left by a hostile name', async () => {
    const labels = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.stringMatching(/^[a-z0-9_*-]{0,64}$/));
    const names = fc.array(labels, { maxLength: 6 }).map((parts) => parts.join('.'));
    await fc.assert(
      fc.asyncProperty(names, async (value) => {
        simulator.reset();
        const outcome = await responder
          .contain(holdOf({ kind: 'domain', value }), signal)
          .catch((error: unknown) => error);
        const expected = [value, `*.${value}`, `${value}._socbot`].toSorted();
        if (outcome instanceof ConnectorError) expect(simulator.ledger()).toEqual([]);
        else expect(owners().toSorted()).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('is never read as held by a note that a hostile lease or name has shaped', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), async (by, digest) => {
        simulator.reset();
        const hold = holdOf(evil, { by, digest });
        const outcome = await responder.contain(hold, signal).catch((error: unknown) => error);
        if (outcome instanceof ConnectorError) expect(outcome.kind).toBe('refused');
        else expect(await responder.readBack(evil, signal)).toMatchObject({ leaseId: hold.leaseId, until: hold.until });
      }),
      { numRuns: 100 },
    );
  });
});
