import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dnsRpz } from '#connectors/dns-rpz/index.ts';
import { type DnsRpzSimulator, serveDnsRpzSimulator } from '#connectors/dns-rpz/simulator.ts';
import { ConnectorError } from '#connectors/errors.ts';
import { DNS_FAULT_ROWS, openDnsRpz, openDnsRpzClient, policyOf } from '#support/dns-rpz.ts';
import { describeResponder } from '#support/responder-contract.ts';

describeResponder({
  connector: dnsRpz,
  simulator: {
    serve: async () => {
      const simulator = await serveDnsRpzSimulator();
      return {
        ...simulator,
        setFault: (fault, place) =>
          simulator.setFaults([{ fault, ...(place === 'write' ? { only: 'UPDATE' as const } : {}) }]),
        clearFaults: () => simulator.setFaults([]),
      };
    },
    open: (environment, timeoutMs) => openDnsRpz(environment, { timeoutMs }),
    faults: DNS_FAULT_ROWS,
  },
  samples: [
    { kind: 'domain', value: 'evil.example' },
    { kind: 'domain', value: 'xn--bcher-kva.example' },
    { kind: 'domain', value: '_dmarc.mail-1.evil.example' },
  ],
  tells: { until: true, lease: true },
});

const signal = new AbortController().signal;
const CHANGE = { prerequisites: [], changes: [policyOf('evil.example')] };

describe('the primary', () => {
  let simulator: DnsRpzSimulator;
  beforeAll(async () => {
    simulator = await serveDnsRpzSimulator();
  });
  beforeEach(() => simulator.reset());
  afterAll(async () => simulator.close());

  it.each(['drop-before', 'drop-after', 'cut-off', 'unsigned', 'forged', 'wrong-key', 'servfail'] as const)(
    'leaves open what became of a change that ended with %s',
    async (fault) => {
      simulator.setFaults([{ fault }]);
      const client = openDnsRpzClient(simulator.settings);

      await expect(client.change(CHANGE, signal)).rejects.toMatchObject({ isUndone: false });
    },
  );

  it.each(['refused', 'not-primary', 'wrong-clock'] as const)(
    'knows that a change was not made where the server signed %s',
    async (fault) => {
      simulator.setFaults([{ fault }]);
      const client = openDnsRpzClient(simulator.settings);

      await expect(client.change(CHANGE, signal)).rejects.toMatchObject({ isUndone: true });
    },
  );

  it('says by how much the clocks differ', async () => {
    simulator.setFaults([{ fault: 'wrong-clock' }]);

    await expect(openDnsRpz(simulator.settings).list(signal)).rejects.toThrow(
      /BADTIME: the server's clock and ours are 3600 seconds apart/,
    );
  });

  it('is not believed when another key has signed, however right the rest', async () => {
    const other = { ...simulator.settings, DNS_RPZ_KEY: Buffer.from('another-dns-rpz-key-1').toString('base64') };

    await expect(openDnsRpz(other).list(signal)).rejects.toMatchObject({ kind: 'unauthorized' });
    await expect(openDnsRpz({ ...other, DNS_RPZ_KEY_NAME: 'nobody' }).list(signal)).rejects.toThrow(/BADKEY/);
  });

  it('is not read beyond its cap', async () => {
    simulator.edit(() => Array.from({ length: 300 }, (_, index) => policyOf(`n${index}.example`)));

    await expect(openDnsRpz(simulator.settings, { maxBytes: 5_000 }).list(signal)).rejects.toMatchObject({
      kind: 'malformed_response',
      message: 'the answer is too large',
    });
  });
});

describe('a transfer of many messages', () => {
  it.each([
    ['each signed', { perMessage: 3, signEvery: 1 }],
    ['every seventh signed', { perMessage: 1, signEvery: 7 }],
    ['first and last signed', { perMessage: 4, signEvery: 90 }],
  ])('is read whole (%s)', async (_, shape) => {
    await using simulator = await openSimulator(shape);
    simulator.edit(() => Array.from({ length: 200 }, (__, index) => policyOf(`n${index}.example`)));

    expect(await openDnsRpz(simulator.settings).list(signal)).toHaveLength(200);
  });

  it.each(['unsigned-end', 'no-end'] as const)('is no evidence with %s', async (fault) => {
    await using simulator = await openSimulator({ perMessage: 3 });
    simulator.edit(() => [policyOf('a.example'), policyOf('b.example'), policyOf('c.example'), policyOf('d.example')]);
    simulator.setFaults([{ fault }]);

    await expect(
      openDnsRpz(simulator.settings).readBack({ kind: 'domain', value: 'evil.example' }, signal),
    ).rejects.toBeInstanceOf(ConnectorError);
  });

  it('is no evidence where more than 99 messages in a row are unsigned', async () => {
    await using simulator = await openSimulator({ perMessage: 1, signEvery: 150 });
    simulator.edit(() => Array.from({ length: 200 }, (_, index) => policyOf(`n${index}.example`)));

    await expect(openDnsRpz(simulator.settings).list(signal)).rejects.toMatchObject({ kind: 'malformed_response' });
  });
});

async function openSimulator(shape: Parameters<typeof serveDnsRpzSimulator>[0]) {
  const simulator = await serveDnsRpzSimulator(shape);
  return { ...simulator, [Symbol.asyncDispose]: async () => simulator.close() };
}

describe('the settings', () => {
  const given = {
    DNS_RPZ_SERVER: '127.0.0.1:53',
    DNS_RPZ_ZONE: 'rpz.example',
    DNS_RPZ_KEY_NAME: 'socbot',
    DNS_RPZ_KEY: Buffer.from('a-key-of-sixteen').toString('base64'),
  };

  it.each([
    ['ns1.example', { host: 'ns1.example', port: 53 }],
    ['192.0.2.53:5353', { host: '192.0.2.53', port: 5353 }],
    ['[2001:db8::53]:5353', { host: '2001:db8::53', port: 5353 }],
    ['[2001:db8::53]', { host: '2001:db8::53', port: 53 }],
  ])('read the server %s', (text, server) => {
    expect(dnsRpz.settings.parse({ ...given, DNS_RPZ_SERVER: text }).DNS_RPZ_SERVER).toEqual(server);
  });

  it('read names as DNS compares them', () => {
    expect(dnsRpz.settings.parse({ ...given, DNS_RPZ_ZONE: 'RPZ.Example.' }).DNS_RPZ_ZONE).toBe('rpz.example');
  });

  it.each([
    ['DNS_RPZ_SERVER', 'https://ns1.example'],
    ['DNS_RPZ_SERVER', 'ns1.example:99999'],
    ['DNS_RPZ_ZONE', 'rpz..example'],
    ['DNS_RPZ_ZONE', '.'],
    ['DNS_RPZ_KEY_NAME', 'a b'],
    ['DNS_RPZ_KEY', 'not base64!'],
    ['DNS_RPZ_KEY', Buffer.from('short').toString('base64')],
    ['DNS_RPZ_KEY_ALGORITHM', 'hmac-md5'],
  ])('turn %s=%s down', (name, text) => {
    const parsed = dnsRpz.settings.safeParse({ ...given, [name]: text });

    expect(parsed.error?.issues.map(({ path }) => path)).toEqual([[name]]);
  });
});
