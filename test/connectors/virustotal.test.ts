import { describe, expect, it } from 'vitest';
import { virustotal } from '#connectors/virustotal/index.ts';
import { virustotalSimulator } from '#connectors/virustotal/simulator.ts';
import type { Observable } from '#domain/observable.ts';
import { answerWith } from '#support/fixed-answer.ts';
import { describeSource } from '#support/source-contract.ts';

const EICAR = '275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f';

describeSource({
  connector: virustotal,
  simulator: virustotalSimulator,
  samples: {
    malicious: [
      { kind: 'ipv4', value: '203.0.113.66' },
      { kind: 'ipv6', value: '2001:db8:bad::66' },
      { kind: 'domain', value: 'update-cdn.example' },
      { kind: 'url', value: 'http://garden-forum.example/wp-content/invoice.zip' },
      { kind: 'sha256', value: EICAR },
      { kind: 'sha1', value: '3395856ce81f2b7382dee72602f798b642f14140' },
      { kind: 'md5', value: '44d88612fea8a8f36de82e1278abb02f' },
    ],
    suspicious: [
      { kind: 'ipv4', value: '198.51.100.23' },
      { kind: 'domain', value: 'secure-login-bank.example' },
    ],
    no_hits: [
      { kind: 'ipv4', value: '192.0.2.10' },
      { kind: 'domain', value: 'campus.example' },
    ],
    unknown: [{ kind: 'sha256', value: 'ab'.repeat(32) }],
  },
});

const ADDRESS: Observable = { kind: 'ipv4', value: '192.0.2.1' };

function addressWith(attributes: unknown): unknown {
  return { data: { id: '192.0.2.1', type: 'ip_address', attributes } };
}

async function lookUp(asked: Observable, body: unknown, status = 200) {
  const settings = virustotal.settings.parse({ VIRUSTOTAL_API_KEY: 'a-key' });
  return virustotal.create(settings, answerWith(body, status)).lookUp(asked, new AbortController().signal);
}

describe('VirusTotal', () => {
  it.each([
    [{ malicious: 3, suspicious: 0 }, 'malicious', '3 malicious of 83 engines'],
    [{ malicious: 2, suspicious: 9 }, 'suspicious', '2 malicious, 9 suspicious of 91 engines'],
    [{ malicious: 0, suspicious: 1 }, 'suspicious', '1 suspicious of 81 engines'],
    [{ malicious: 0, suspicious: 0 }, 'no_hits', 'No hits from 80 engines'],
  ])('makes %j of 80 quiet engines %s', async (hits, level, summary) => {
    const stats = { harmless: 60, undetected: 20, timeout: 3, failure: 2, 'type-unsupported': 9, ...hits };

    const report = await lookUp(ADDRESS, addressWith({ last_analysis_stats: stats }));

    expect(report).toMatchObject({ level, summary });
    expect(report.score).toEqual({
      hits: hits.malicious + hits.suspicious,
      of: 80 + hits.malicious + hits.suspicious,
      unit: 'engines flag it',
    });
  });

  it.each([
    ['no analysis', {}],
    [
      'engines that all timed out',
      { last_analysis_stats: { malicious: 0, suspicious: 0, harmless: 0, undetected: 0, timeout: 70 } },
    ],
  ])('takes %s for unknown, not for no hits', async (_, attributes) => {
    const report = await lookUp(ADDRESS, addressWith(attributes));

    expect(report).toMatchObject({ level: 'unknown', summary: 'Known by name, rated by no engine' });
    expect(report.score).toBeUndefined();
  });

  it.each([
    [{ malicious: null }],
    [{ malicious: -1 }],
    [{ malicious: '0' }],
    [{ malicious: 0.5 }],
    [{ malicious: undefined }],
    [{ undetected: Number.POSITIVE_INFINITY }],
  ])('reads no verdict from %j', async (broken) => {
    const stats = { malicious: 0, suspicious: 0, harmless: 60, undetected: 20, ...broken };

    const answer = lookUp(ADDRESS, addressWith({ last_analysis_stats: stats }));

    await expect(answer).rejects.toMatchObject({ kind: 'malformed_response' });
  });

  it('keeps its verdict when the decoration is broken', async () => {
    const stats = { malicious: 5, suspicious: 0, harmless: 60, undetected: 20 };

    const report = await lookUp(
      ADDRESS,
      addressWith({ last_analysis_stats: stats, asn: 'many', as_owner: 7, country: {} }),
    );

    expect(report).toMatchObject({ level: 'malicious', facts: [] });
  });

  it('says what an address belongs to, and when it was rated', async () => {
    const attributes = {
      last_analysis_stats: { malicious: 0, suspicious: 0, harmless: 1, undetected: 1 },
      last_analysis_date: 1_571_525_812,
      asn: 64_500,
      as_owner: 'EXAMPLE-NET',
      network: '192.0.2.0/24',
      country: 'CH',
    };

    const report = await lookUp(ADDRESS, addressWith(attributes));

    expect(report.seenAt).toBe('2019-10-19T22:56:52.000Z');
    expect(report.facts).toEqual([
      { label: 'Network', value: 'AS64500 EXAMPLE-NET' },
      { label: 'Range', value: '192.0.2.0/24' },
      { label: 'Country', value: 'CH' },
    ]);
  });

  it('takes a 404 for unknown only in words of VirusTotal', async () => {
    const inItsWords = lookUp(ADDRESS, { error: { code: 'NotFoundError', message: 'not found' } }, 404);
    const inOthers = lookUp(ADDRESS, { message: 'no route' }, 404);

    expect(await inItsWords).toMatchObject({ level: 'unknown', summary: 'Never seen' });
    await expect(inOthers).rejects.toMatchObject({ kind: 'malformed_response' });
  });

  it('names the error of VirusTotal, and nothing else of the answer', async () => {
    const answer = lookUp(ADDRESS, { error: { code: 'ForbiddenError', message: 'secret words' } }, 403);

    await expect(answer).rejects.toMatchObject({
      kind: 'unauthorized',
      message: 'HTTP 403 ForbiddenError',
    });
  });
});
