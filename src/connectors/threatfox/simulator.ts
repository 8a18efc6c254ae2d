import { ABUSE_CH, abuseChTimeOf, sayStatus } from '#connectors/abuse-ch-simulator.ts';
import { parseHashKind } from '#connectors/hash-kinds.ts';
import type { SimulatorDefinition } from '#connectors/simulator-definition.ts';
import type { MalwareIndicator } from '#connectors/world-story.ts';
import type { World } from '#connectors/world.ts';
import type { Observable } from '#domain/observable.ts';

/** ThreatFox on loopback: observables of the world that are indicators; a search finds parts unless it is exact. */
export const threatfoxSimulator: SimulatorDefinition = {
  name: 'threatfox',
  ...ABUSE_CH,
  settings: (url) => ({ THREATFOX_URL: url, THREATFOX_AUTH_KEY: ABUSE_CH.key.value }),
  respond: ({ method, path, body }, world) => {
    if (path !== '/api/v1/') return { status: 404, text: 'Not Found' };
    if (method !== 'POST') return sayStatus('http_post_expected');
    const { query, search_term: term, exact_match: isExact } = fieldsOf(body);
    if (query !== 'search_ioc') return sayStatus('unknown_query');
    if (typeof term !== 'string' || term.length < 3) {
      return sayStatus('illegal_search_term', { data: 'The search term you have provided is not valid' });
    }
    const entries = search(world, term, isExact === true);
    if (entries.length > 0) return sayStatus('ok', { data: entries });
    return sayStatus('no_result', { data: 'Your search did not yield any results' });
  },
};

function fieldsOf(body: string): Readonly<Record<string, unknown>> {
  try {
    const fields: unknown = JSON.parse(body);
    return typeof fields === 'object' && fields !== null ? { ...fields } : {};
  } catch {
    return {};
  }
}

function search(world: World, term: string, isExact: boolean): unknown[] {
  const { observable, story } = world.find(observableOf(term));
  const hit = story?.indicator ? [entryOf(observable, story.indicator)] : [];
  if (isExact) return hit;
  const partial = world.stories.filter(
    (other) => other !== story && other.indicator && other.observable.value.includes(term),
  );
  return [...hit, ...partial.flatMap((other) => (other.indicator ? [entryOf(other.observable, other.indicator)] : []))];
}

function observableOf(term: string): Observable {
  const value = term.toLowerCase();
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(value)) return { kind: 'ipv4', value };
  if (/^https?:\/\//.test(value)) return { kind: 'url', value: URL.parse(term)?.href ?? term };
  return { kind: parseHashKind(value) ?? 'domain', value };
}

function entryOf({ kind, value }: Observable, indicator: MalwareIndicator): Readonly<Record<string, unknown>> {
  return {
    id: '12',
    ioc: kind === 'ipv4' ? `${value}:${indicator.port ?? 443}` : value,
    threat_type: indicator.threat,
    threat_type_desc: 'An indicator of the simulated world',
    ioc_type: kind === 'ipv4' ? 'ip:port' : kind,
    malware: indicator.malwareId,
    malware_printable: indicator.malware,
    malware_alias: null,
    confidence_level: indicator.confidence,
    first_seen: abuseChTimeOf(indicator.firstSeenDaysAgo),
    last_seen: indicator.lastSeenDaysAgo === null ? null : abuseChTimeOf(indicator.lastSeenDaysAgo),
    reference: null,
    reporter: 'range',
    tags: indicator.tags,
    malware_samples: [],
  };
}
