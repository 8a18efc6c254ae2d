import { describe, expect, it } from 'vitest';
import { shodanInternetdb } from '#connectors/shodan-internetdb/index.ts';
import { shodanInternetdbSimulator } from '#connectors/shodan-internetdb/simulator.ts';
import { answerWith } from '#support/fixed-answer.ts';
import { describeSource } from '#support/source-contract.ts';

describeSource({
  connector: shodanInternetdb,
  simulator: shodanInternetdbSimulator,
  samples: {
    context: [{ kind: 'ipv4', value: '192.0.2.10' }],
    suspicious: [
      { kind: 'ipv4', value: '203.0.113.66' },
      { kind: 'ipv4', value: '192.0.2.77' },
    ],
    unknown: [{ kind: 'ipv4', value: '192.0.2.200' }],
  },
});

const SCAN = { ip: '192.0.2.1', ports: [53, 443], tags: [], vulns: [], hostnames: ['dns.example'], cpes: [] };

async function lookUp(body: unknown, status = 200) {
  const settings = shodanInternetdb.settings.parse({ SHODAN_INTERNETDB_ENABLED: 'true' });
  const source = shodanInternetdb.create(settings, answerWith(body, status));
  return source.lookUp({ kind: 'ipv4', value: '192.0.2.1' }, new AbortController().signal);
}

describe('Shodan InternetDB', () => {
  it('tells what is open without an opinion', async () => {
    const report = await lookUp(SCAN);

    expect(report).toEqual({
      level: 'context',
      summary: '2 open ports, 0 known vulnerabilities',
      facts: [
        { label: 'Open ports', value: '53, 443' },
        { label: 'Host names', value: 'dns.example' },
      ],
    });
  });

  it('suspects what Shodan has tagged as caught', async () => {
    const report = await lookUp({ ...SCAN, tags: ['cloud', 'C2'], vulns: ['CVE-2017-0144'] });

    expect(report).toMatchObject({
      level: 'suspicious',
      summary: 'Tagged C2, 2 open ports, 1 known vulnerability',
    });
  });

  it.each([
    ['No information available', 'unknown'],
    ['Not Found', 'malformed_response'],
  ])('takes the 404 %j for %s', async (detail, expected) => {
    const outcome = await lookUp({ detail }, 404).catch((error: unknown) => error);

    expect([Reflect.get(Object(outcome), 'level'), Reflect.get(Object(outcome), 'kind')]).toContain(expected);
  });

  it.each([[{ tags: null }], [{ ports: ['80'] }], [{ vulns: undefined }], [{ ip: 5 }]])(
    'reads nothing from %j',
    async (broken) => {
      await expect(lookUp({ ...SCAN, ...broken })).rejects.toMatchObject({ kind: 'malformed_response' });
    },
  );
});
