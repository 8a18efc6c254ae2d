import { isSameAddress } from '#connectors/addresses.ts';
import { faultOfOtherIndicator, faultOfUnsupportedKind } from '#connectors/faults.ts';
import { createReport } from '#connectors/report.ts';
import type { Report, ReportLevel } from '#domain/report.ts';
import type { Source } from '#domain/source.ts';
import type { InternetdbClient } from './client.ts';
import type { ScannedAddress } from './schema.ts';

/** Shodan InternetDB as a source: what an internet-wide scan has found open on an address. It touches no target. */
export function createInternetdbSource(client: InternetdbClient): Source {
  return {
    async lookUp({ kind, value }, signal) {
      if (kind !== 'ipv4') throw faultOfUnsupportedKind('shodan-internetdb', kind);
      const scanned = await client.getAddress(value, signal);
      if (scanned === null) return createReport({ level: 'unknown', summary: 'Nothing found by the last scan' });
      if (!isSameAddress(scanned.ip, value)) throw faultOfOtherIndicator('shodan-internetdb');
      return reportOf(scanned);
    },
  };
}

function reportOf(scanned: ScannedAddress): Report {
  return createReport({
    level: levelOf(scanned),
    summary: summaryOf(scanned),
    facts: [
      ['Open ports', scanned.ports.join(', ')],
      ['Tags', scanned.tags.join(', ')],
      ['Vulnerabilities', scanned.vulns.join(', ')],
      ['Host names', scanned.hostnames.join(', ')],
      ['Software', scanned.cpes.join(', ')],
    ],
  });
}

/** Shodan's tags for hosts that it has caught: control servers of malware, and machines that were broken into. */
const BAD_TAGS = new Set(['c2', 'malware', 'compromised', 'doublepulsar']);

/** Open ports are no opinion. A bad tag is one, of one service's fingerprints: suspicious, and no more. */
function levelOf({ tags }: ScannedAddress): ReportLevel {
  return tags.some((tag) => BAD_TAGS.has(tag.toLowerCase())) ? 'suspicious' : 'context';
}

function summaryOf({ ports, tags, vulns }: ScannedAddress): string {
  const bad = tags.filter((tag) => BAD_TAGS.has(tag.toLowerCase()));
  const open = ports.length === 1 ? '1 open port' : `${ports.length} open ports`;
  const known = vulns.length === 1 ? '1 known vulnerability' : `${vulns.length} known vulnerabilities`;
  return [...(bad.length > 0 ? [`Tagged ${bad.join(', ')}`] : []), open, known].join(', ');
}
