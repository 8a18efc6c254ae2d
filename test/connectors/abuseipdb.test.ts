import { describe, expect, it } from 'vitest';
import { abuseipdb } from '#connectors/abuseipdb/index.ts';
import { abuseipdbSimulator } from '#connectors/abuseipdb/simulator.ts';
import { answerWith } from '#support/fixed-answer.ts';
import { describeSource } from '#support/source-contract.ts';

describeSource({
  connector: abuseipdb,
  simulator: abuseipdbSimulator,
  samples: {
    malicious: [
      { kind: 'ipv4', value: '203.0.113.66' },
      { kind: 'ipv6', value: '2001:db8:bad::66' },
    ],
    suspicious: [{ kind: 'ipv4', value: '198.51.100.99' }],
    no_hits: [{ kind: 'ipv4', value: '192.0.2.10' }],
    unknown: [{ kind: 'ipv4', value: '203.0.113.9' }],
  },
});

const QUIET = {
  ipAddress: '192.0.2.1',
  isPublic: true,
  ipVersion: 4,
  isWhitelisted: null,
  abuseConfidenceScore: 0,
  totalReports: 0,
  numDistinctUsers: 0,
  lastReportedAt: null,
};

async function lookUp(data: unknown, status = 200) {
  const settings = abuseipdb.settings.parse({ ABUSEIPDB_API_KEY: 'a-key' });
  const source = abuseipdb.create(settings, answerWith({ data }, status));
  return source.lookUp({ kind: 'ipv4', value: '192.0.2.1' }, new AbortController().signal);
}

describe('AbuseIPDB', () => {
  it.each([
    [100, 412, 'malicious', 'Abuse confidence 100 %, 412 reports by 9 reporters in 90 days'],
    [75, 5, 'malicious', 'Abuse confidence 75 %, 5 reports by 9 reporters in 90 days'],
    [74, 5, 'suspicious', 'Abuse confidence 74 %, 5 reports by 9 reporters in 90 days'],
    [1, 1, 'suspicious', 'Abuse confidence 1 %, 1 report by 9 reporters in 90 days'],
    [0, 3, 'no_hits', 'Abuse confidence 0 %, 3 reports by 9 reporters in 90 days'],
  ])('takes %s %% from %s reports for %s', async (abuseConfidenceScore, totalReports, level, summary) => {
    const report = await lookUp({ ...QUIET, abuseConfidenceScore, totalReports, numDistinctUsers: 9 });

    expect(report).toMatchObject({ level, summary, score: { hits: abuseConfidenceScore, of: 100 } });
  });

  it('knows nothing of an address that nobody has reported, although it answers 200', async () => {
    const report = await lookUp(QUIET);

    expect(report).toEqual({ level: 'unknown', summary: 'Not reported in 90 days', facts: [] });
  });

  it('has no opinion on an address that is not public', async () => {
    const report = await lookUp({ ...QUIET, isPublic: false });

    expect(report).toMatchObject({ level: 'context', summary: 'Not a public address' });
  });

  it('gives the time of the last report in UTC', async () => {
    const report = await lookUp({ ...QUIET, totalReports: 1, lastReportedAt: '2018-12-20T20:55:14+02:00' });

    expect(report.seenAt).toBe('2018-12-20T18:55:14.000Z');
  });

  it.each([
    [{ abuseConfidenceScore: 101 }],
    [{ abuseConfidenceScore: '0' }],
    [{ abuseConfidenceScore: null }],
    [{ totalReports: -1 }],
    [{ isPublic: undefined }],
  ])('reads no verdict from %j', async (broken) => {
    await expect(lookUp({ ...QUIET, ...broken })).rejects.toMatchObject({ kind: 'malformed_response' });
  });

  it('takes a spent daily quota for a limit, and a plan that does not pay for a refusal', async () => {
    await expect(lookUp(null, 429)).rejects.toMatchObject({ kind: 'rate_limited' });
    await expect(lookUp(null, 402)).rejects.toMatchObject({ kind: 'refused' });
  });
});
