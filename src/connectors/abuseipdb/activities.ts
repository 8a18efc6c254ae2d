import { isSameAddress } from '#connectors/addresses.ts';
import { faultOfOtherIndicator, faultOfUnsupportedKind } from '#connectors/faults.ts';
import { createReport } from '#connectors/report.ts';
import type { Report, ReportLevel } from '#domain/report.ts';
import type { Source } from '#domain/source.ts';
import { type AbuseIpdbClient, MAX_AGE_DAYS } from './client.ts';
import type { CheckedAddress } from './schema.ts';

/** AbuseIPDB as a source: what operators of servers have reported about an address. */
export function createAbuseIpdbSource(client: AbuseIpdbClient): Source {
  return {
    async lookUp({ kind, value }, signal) {
      if (kind !== 'ipv4' && kind !== 'ipv6') throw faultOfUnsupportedKind('abuseipdb', kind);
      const checked = await client.check(value, signal);
      if (!isSameAddress(checked.ipAddress, value)) throw faultOfOtherIndicator('abuseipdb');
      return reportOf(checked);
    },
  };
}

function reportOf(checked: CheckedAddress): Report {
  return createReport({
    level: levelOf(checked),
    ...(isReported(checked)
      ? { score: { hits: checked.abuseConfidenceScore, of: 100, unit: 'confidence of abuse' } }
      : {}),
    summary: summaryOf(checked),
    facts: [
      ['Network', checked.isp],
      ['Domain', checked.domain],
      ['Usage', checked.usageType],
      ['Country', checked.countryCode],
      ['Host names', checked.hostnames?.join(', ')],
      ['Tor exit', checked.isTor ? 'yes' : null],
      ['Whitelisted', checked.isWhitelisted ? 'yes' : null],
    ],
    seenAt: checked.lastReportedAt ? new Date(checked.lastReportedAt).toISOString() : undefined,
  });
}

const SURE = 75;

/**
 * AbuseIPDB advises to block from a confidence of 75 %. It answers for every address: one that nobody reported is
 * unknown to it, and only an address that was reported and still scores 0 has no hits.
 */
function levelOf(checked: CheckedAddress): ReportLevel {
  const { abuseConfidenceScore: confidence } = checked;
  if (confidence >= SURE) return 'malicious';
  if (confidence > 0) return 'suspicious';
  if (!checked.isPublic) return 'context';
  return isReported(checked) ? 'no_hits' : 'unknown';
}

function isReported({ totalReports, abuseConfidenceScore }: CheckedAddress): boolean {
  return totalReports > 0 || abuseConfidenceScore > 0;
}

function summaryOf(checked: CheckedAddress): string {
  const { abuseConfidenceScore: confidence, totalReports, numDistinctUsers: users, isPublic } = checked;
  if (!isPublic && !isReported(checked)) return 'Not a public address';
  if (!isReported(checked)) return `Not reported in ${MAX_AGE_DAYS} days`;
  const reports = totalReports === 1 ? '1 report' : `${totalReports} reports`;
  const by = typeof users === 'number' && users > 0 ? ` by ${users === 1 ? '1 reporter' : `${users} reporters`}` : '';
  return `Abuse confidence ${confidence} %, ${reports}${by} in ${MAX_AGE_DAYS} days`;
}
