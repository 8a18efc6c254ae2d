import { isSameAddress } from '#connectors/addresses.ts';
import { faultOfOtherIndicator, faultOfUnsupportedKind } from '#connectors/faults.ts';
import { createReport, type ReportDraft, sizeTextOf } from '#connectors/report.ts';
import type { Observable } from '#domain/observable.ts';
import type { Report, ReportLevel } from '#domain/report.ts';
import type { Source } from '#domain/source.ts';
import type { VirusTotalClient } from './client.ts';
import type { DomainObject, EngineStats, FileObject, IpObject, UrlObject } from './schema.ts';

/** VirusTotal as a source: what some seventy to a hundred engines say of a file, an address, a domain or a URL. */
export function createVirusTotalSource(client: VirusTotalClient): Source {
  return {
    async lookUp(observable, signal) {
      const { kind, value } = observable;
      switch (kind) {
        case 'md5':
        case 'sha1':
        case 'sha256':
          return reportOf(await client.getFile(value, signal), (file) => reportOfFile({ kind, value }, file));
        case 'ipv4':
        case 'ipv6':
          return reportOf(await client.getIp(value, signal), (ip) => reportOfIp(observable, ip));
        case 'domain':
          return reportOf(await client.getDomain(value, signal), (domain) => reportOfDomain(observable, domain));
        case 'url':
          return reportOf(await client.getUrl(value, signal), (url) => reportOfUrl(observable, url));
        default:
          throw faultOfUnsupportedKind('virustotal', kind);
      }
    },
  };
}

const NEVER_SEEN: Report = createReport({ level: 'unknown', summary: 'Never seen' });

function reportOf<Found>(found: Found | null, read: (found: Found) => Report): Report {
  return found === null ? NEVER_SEEN : read(found);
}

type Facts = NonNullable<ReportDraft['facts']>;
type AskedHash = { readonly kind: 'md5' | 'sha1' | 'sha256'; readonly value: string };

function reportOfFile({ kind, value }: AskedHash, { attributes }: FileObject): Report {
  if (attributes[kind].toLowerCase() !== value) throw faultOfOtherIndicator('virustotal');
  return rate(attributes, [
    ['Threat', attributes.popular_threat_classification?.suggested_threat_label],
    ['Name', attributes.meaningful_name],
    ['Type', attributes.type_description],
    ['Size', sizeTextOf(attributes.size)],
    ['SHA-256', kind === 'sha256' ? null : attributes.sha256],
  ]);
}

function reportOfIp(asked: Observable, { id, attributes }: IpObject): Report {
  if (!isSameAddress(id, asked.value)) throw faultOfOtherIndicator('virustotal');
  const { asn, as_owner: owner } = attributes;
  return rate(attributes, [
    ['Network', [typeof asn === 'number' ? `AS${asn}` : '', owner ?? ''].join(' ').trim()],
    ['Range', attributes.network],
    ['Country', attributes.country],
  ]);
}

function reportOfDomain(asked: Observable, { id, attributes }: DomainObject): Report {
  if (id.toLowerCase() !== asked.value) throw faultOfOtherIndicator('virustotal');
  return rate(attributes, [
    ['Registrar', attributes.registrar],
    ['Registered', isoOf(attributes.creation_date)?.slice(0, 10)],
  ]);
}

function reportOfUrl(asked: Observable, { attributes }: UrlObject): Report {
  if (URL.parse(attributes.url)?.href !== asked.value) throw faultOfOtherIndicator('virustotal');
  const { last_final_url: finalUrl, last_http_response_code: status } = attributes;
  return rate(attributes, [
    ['Title', attributes.title],
    ['Ends at', finalUrl === attributes.url ? null : finalUrl],
    ['HTTP status', status],
  ]);
}

type Rated = {
  readonly last_analysis_stats?: EngineStats | undefined;
  readonly last_analysis_date?: number | null | undefined;
};

function rate({ last_analysis_stats: stats, last_analysis_date: date }: Rated, facts: Facts): Report {
  const seenAt = isoOf(date);
  const of = stats === undefined ? 0 : opinionsIn(stats);
  if (stats === undefined || of === 0) {
    return createReport({ level: 'unknown', summary: 'Known by name, rated by no engine', facts, seenAt });
  }
  const score = { hits: stats.malicious + stats.suspicious, of, unit: 'engines flag it' };
  return createReport({ level: levelOf(stats), score, summary: summaryOf(stats), facts, seenAt });
}

/** Engines that had an opinion. Those that timed out, failed or cannot read the type said nothing, for or against. */
function opinionsIn({ malicious, suspicious, harmless, undetected }: EngineStats): number {
  return malicious + suspicious + harmless + undetected;
}

const ENOUGH_ENGINES = 3;

/** One or two engines are often wrong; three that agree seldom are. "Undetected" by all is no hit, never "clean". */
function levelOf({ malicious, suspicious }: EngineStats): ReportLevel {
  if (malicious >= ENOUGH_ENGINES) return 'malicious';
  return malicious + suspicious > 0 ? 'suspicious' : 'no_hits';
}

function summaryOf(stats: EngineStats): string {
  const hits = [
    ...(stats.malicious > 0 ? [`${stats.malicious} malicious`] : []),
    ...(stats.suspicious > 0 ? [`${stats.suspicious} suspicious`] : []),
  ];
  const of = opinionsIn(stats);
  return hits.length === 0 ? `No hits from ${of} engines` : `${hits.join(', ')} of ${of} engines`;
}

function isoOf(epochSeconds: number | null | undefined): string | undefined {
  return typeof epochSeconds === 'number' ? new Date(epochSeconds * 1000).toISOString() : undefined;
}
