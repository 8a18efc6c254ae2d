import { isoOf } from '#connectors/abuse-ch.ts';
import { faultOfOtherIndicator, faultOfUnsupportedKind } from '#connectors/faults.ts';
import { createReport, sizeTextOf } from '#connectors/report.ts';
import type { Observable } from '#domain/observable.ts';
import type { Report, ReportLevel } from '#domain/report.ts';
import type { Source } from '#domain/source.ts';
import type { UrlhausClient } from './client.ts';
import type { ListedHost, ListedUrl, Payload } from './schema.ts';

/** URLhaus as a source: URLs that served malware, the hosts they are on, and the files that they served. */
export function createUrlhausSource(client: UrlhausClient): Source {
  return {
    async lookUp(observable, signal) {
      const { kind, value } = observable;
      if (kind === 'url') return reportOfUrl(observable, await client.getUrl(value, signal));
      if (kind === 'ipv4' || kind === 'domain') return reportOfHost(observable, await client.getHost(value, signal));
      if (kind !== 'md5' && kind !== 'sha256') throw faultOfUnsupportedKind('urlhaus', kind);
      return reportOfPayload(observable, await client.getPayload(kind, value, signal));
    },
  };
}

const NEVER_SEEN: Report = createReport({ level: 'unknown', summary: 'Not listed' });

function reportOfUrl(asked: Observable, entry: ListedUrl | null): Report {
  if (entry === null) return NEVER_SEEN;
  if (URL.parse(entry.url)?.href !== asked.value) throw faultOfOtherIndicator('urlhaus');
  const state = { online: 'Serves malware', offline: 'Served malware, offline now', unknown: 'Served malware' };
  return createReport({
    level: 'malicious',
    summary: `${state[entry.url_status]}${listedOn(isoOf(entry.date_added))}`,
    facts: [
      ['Threat', entry.threat],
      ['Tags', entry.tags?.join(', ')],
    ],
    seenAt: isoOf(entry.last_online) ?? isoOf(entry.date_added),
  });
}

function reportOfHost(asked: Observable, entry: ListedHost | null): Report {
  if (entry === null || (entry.url_count === 0 && entry.urls.length === 0)) return NEVER_SEEN;
  if (entry.host.toLowerCase() !== asked.value) throw faultOfOtherIndicator('urlhaus');
  const newestAt =
    entry.urls
      .flatMap((url) => isoOf(url.date_added) ?? [])
      .toSorted()
      .at(-1) ?? isoOf(entry.firstseen);
  return createReport({
    level: levelOfHost(entry),
    summary: `${summaryOfHost(entry)}${listedOn(newestAt, 'newest listed')}`,
    facts: [
      ['Tags', [...new Set(entry.urls.flatMap((url) => url.tags ?? []))].join(', ')],
      ['Spamhaus DBL', ifListed(entry.blacklists?.spamhaus_dbl)],
      ['SURBL', ifListed(entry.blacklists?.surbl)],
      ['First listed', isoOf(entry.firstseen)?.slice(0, 10)],
    ],
    seenAt: newestAt,
  });
}

/**
 * A host is malicious while malware is online on it, unless Spamhaus calls it a legitimate host that is abused. What is
 * offline by now, or on somebody else's good name, is suspicious.
 */
function levelOfHost(entry: ListedHost): ReportLevel {
  return onlineOn(entry) > 0 && !isAbused(entry) ? 'malicious' : 'suspicious';
}

function summaryOfHost(entry: ListedHost): string {
  const total = Math.max(entry.url_count, entry.urls.length);
  const online = onlineOn(entry);
  const least = entry.urls.length < total ? 'at least ' : '';
  const urls = total === 1 ? '1 malware URL' : `${total} malware URLs`;
  return `${urls}, ${least}${online} online${isAbused(entry) ? ', an abused legitimate host' : ''}`;
}

function onlineOn(entry: ListedHost): number {
  return entry.urls.filter((url) => url.url_status === 'online').length;
}

function ifListed(state: string | null | undefined): string | null {
  return state === 'not listed' ? null : (state ?? null);
}

function isAbused(entry: ListedHost): boolean {
  return entry.blacklists?.spamhaus_dbl?.startsWith('abused_') ?? false;
}

/** URLhaus keeps whatever a listed URL served; only a file with a signature has been recognised as malware. */
function reportOfPayload(asked: Observable, entry: Payload | null): Report {
  if (entry === null || (entry.md5_hash === null && entry.sha256_hash === null)) return NEVER_SEEN;
  const hash = asked.kind === 'md5' ? entry.md5_hash : entry.sha256_hash;
  if (hash?.toLowerCase() !== asked.value) throw faultOfOtherIndicator('urlhaus');
  const signature = entry.signature ?? '';
  return createReport({
    level: signature === '' ? 'suspicious' : 'malicious',
    summary: signature === '' ? 'Served by malware URLs, not recognised' : `${signature}, served by malware URLs`,
    facts: [
      ['Malware URLs', entry.url_count],
      ['File type', entry.file_type],
      ['File size', sizeTextOf(entry.file_size)],
      ['VirusTotal, as URLhaus saw it', entry.virustotal?.result],
    ],
    seenAt: isoOf(entry.lastseen) ?? isoOf(entry.firstseen),
  });
}

function listedOn(at: string | undefined, words = 'listed'): string {
  return at === undefined ? '' : `, ${words} ${at.slice(0, 10)}`;
}
