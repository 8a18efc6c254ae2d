import { isoOf } from '#connectors/abuse-ch.ts';
import { faultOfOtherIndicator, faultOfUnsupportedKind } from '#connectors/faults.ts';
import { isHashKind } from '#connectors/hash-kinds.ts';
import { createReport } from '#connectors/report.ts';
import type { Observable } from '#domain/observable.ts';
import type { Report } from '#domain/report.ts';
import type { Source } from '#domain/source.ts';
import type { Search, ThreatfoxClient } from './client.ts';
import type { Entry } from './schema.ts';

/** ThreatFox as a source: indicators of malware, each with a confidence. */
export function createThreatfoxSource(client: ThreatfoxClient): Source {
  return {
    async lookUp(observable, signal) {
      const search = searchFor(observable);
      if (search === null) throw faultOfUnsupportedKind('threatfox', observable.kind);
      const entries = await client.searchIoc(search, signal);
      return reportOf(observable, entries === null ? [] : entriesAbout(observable, search, entries));
    },
  };
}

const SURE_PERCENT = 75;
const NEVER_SEEN: Report = createReport({ level: 'unknown', summary: 'Not listed' });

/** Addresses are kept with a port, and the URL of a bare host without its last slash: an exact search misses both. Null for a kind that it does not hold. */
function searchFor({ kind, value }: Observable): Search | null {
  if (kind === 'ipv4') return { term: value, isExact: false };
  if (kind === 'domain' || isHashKind(kind)) return { term: value, isExact: true };
  if (kind !== 'url') return null;
  const isBareHost = /^[^/]+\/\/[^/?#]+\/$/.test(value);
  return isBareHost ? { term: value.slice(0, -1), isExact: false } : { term: value, isExact: true };
}

function reportOf(asked: Observable, ours: readonly Entry[]): Report {
  const [best] = ours.toSorted((a, b) => b.confidence_level - a.confidence_level);
  if (best === undefined) return NEVER_SEEN;
  return createReport({
    level: best.confidence_level >= SURE_PERCENT ? 'malicious' : 'suspicious',
    summary: `${best.malware_printable ?? 'Malware'} ${purposeOf(best)}, confidence ${best.confidence_level} %`,
    facts: [
      ['Malware', listOf(ours.map((entry) => entry.malware_printable))],
      ['Ports', asked.kind === 'ipv4' ? listOf(ours.map((entry) => entry.ioc.split(':')[1])) : null],
      ['Tags', listOf(ours.flatMap((entry) => entry.tags ?? []))],
      [
        'First seen',
        ours
          .flatMap((entry) => isoOf(entry.first_seen) ?? [])
          .toSorted()[0]
          ?.slice(0, 10),
      ],
    ],
    seenAt: ours
      .flatMap((entry) => isoOf(entry.last_seen) ?? isoOf(entry.first_seen) ?? [])
      .toSorted()
      .at(-1),
  });
}

/**
 * The entries about exactly what was asked. A search that is not exact also finds what merely contains the term
 * (`192.0.2.10` for `192.0.2.1`), which says nothing of ours; an entry without the term answers another question.
 */
function entriesAbout(asked: Observable, { term }: Search, entries: readonly Entry[]): Entry[] {
  const isOurs = (entry: Entry) => indicatorOf(asked, entry) === asked.value;
  const { ours = [], others = [] } = Object.groupBy(entries, (entry) => (isOurs(entry) ? 'ours' : 'others'));
  if (others.some((entry) => !entry.ioc.toLowerCase().includes(term.toLowerCase()))) {
    throw faultOfOtherIndicator('threatfox');
  }
  return ours;
}

/** The indicator of an entry in the spelling of our observables; an address stands before its port. */
function indicatorOf(asked: Observable, entry: Entry): string | undefined {
  if (asked.kind === 'ipv4') return entry.ioc.split(':')[0];
  if (asked.kind === 'url') return URL.parse(entry.ioc)?.href;
  return entry.ioc.toLowerCase();
}

const PURPOSES: Readonly<Record<string, string>> = {
  botnet_cc: 'C2',
  payload: 'payload',
  payload_delivery: 'delivery',
  cc_skimming: 'card skimming',
};

function purposeOf(entry: Entry): string {
  const type = entry.threat_type ?? '';
  return (Object.hasOwn(PURPOSES, type) ? PURPOSES[type] : undefined) ?? 'indicator';
}

function listOf(values: readonly (string | null | undefined)[]): string {
  return [...new Set(values)].filter((value) => value !== null && value !== undefined && value !== '').join(', ');
}
