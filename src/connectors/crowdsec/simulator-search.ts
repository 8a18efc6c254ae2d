import ipaddr from 'ipaddr.js';
import { isWithin, type Network, readNetwork } from '#domain/address.ts';
import type { LapiState, StoredDecision } from './simulator-state.ts';

/** Words with which the local API refuses a request; it says 500 to them. */
export class Refused extends Error {}

/** An address or a network as Go reads it: a mapped address is the IPv4 address. Null for anything else. */
export function readRange(text: string): Network | null {
  const network = readNetwork(text);
  if (!(network?.start instanceof ipaddr.IPv6) || !network.start.isIPv4MappedAddress()) return network;
  return { start: network.start.toIPv4Address(), prefix: Math.max(0, network.prefix - 96) };
}

/** Whether a decision is about what `ip=` or `range=` names: it contains it or, with `contains=false`, lies in it. */
function isAbout({ value }: StoredDecision, asked: Network, contains: boolean): boolean {
  const own = readRange(value);
  if (own === null) return false;
  const [outer, inner] = contains ? [own, asked] : [asked, own];
  return outer.prefix <= inner.prefix && isWithin(inner.start, outer);
}

/** What `ip` or `range` of a query names, null where it names neither; throws Refused. */
function askedRange(query: URLSearchParams): Network | null {
  const text = query.get('ip') ?? query.get('range');
  if (text === null) return null;
  const asked = readRange(text);
  if (asked === null) throw new Refused(`unable to convert '${text}' to int: invalid ip address / range`);
  return asked;
}

/** The test that `ip`, `range` and `contains` of a query make; throws Refused. */
export function rangeFilter(query: URLSearchParams): (decision: StoredDecision) => boolean {
  const asked = askedRange(query);
  const contains = query.get('contains') !== 'false';
  return (decision) => asked === null || isAbout(decision, asked, contains);
}

/** The same test of an alert. Start and end are looked for apart: of several decisions, two may fit together. */
function alertRangeFilter(query: URLSearchParams): (decisions: readonly StoredDecision[]) => boolean {
  const asked = askedRange(query);
  if (asked === null) return () => true;
  if (query.get('contains') === 'false') return (decisions) => decisions.some((one) => isAbout(one, asked, false));
  const [first, last] = boundsOf(asked);
  return (decisions) => {
    const ranges = decisions.flatMap(({ value }) => readRange(value) ?? []);
    const bounds = ranges.filter(({ start }) => start.kind() === asked.start.kind()).map(boundsOf);
    return bounds.some(([start]) => start <= first) && bounds.some(([, end]) => end >= last);
  };
}

/** The first and the last address of a range, as numbers. */
function boundsOf({ start, prefix }: Network): readonly [bigint, bigint] {
  const octets = start.toByteArray();
  const first = octets.reduce((number, octet) => number * 256n + BigInt(octet), 0n);
  return [first, first + (1n << BigInt(octets.length * 8 - prefix)) - 1n];
}

const DELETE_FILTERS: Readonly<Record<string, keyof StoredDecision>> = {
  scopes: 'scope',
  value: 'value',
  type: 'type',
  origin: 'origin',
  scenario: 'scenario',
};

/** Ends what the query names, from now on: without a filter, everything. Gives how many it were. */
export function endDecisions(state: LapiState, query: URLSearchParams, now: number): number {
  const inRange = rangeFilter(query);
  for (const name of query.keys()) {
    if (!(name in DELETE_FILTERS) && !['ip', 'range', 'contains'].includes(name)) {
      throw new Refused(`'${name}' doesn't exist: invalid filter`);
    }
  }
  const named = state.decisions.filter(
    (decision) =>
      decision.until > now &&
      inRange(decision) &&
      [...query].every(([name, text]) => !(name in DELETE_FILTERS) || decision[DELETE_FILTERS[name] ?? 'id'] === text),
  );
  for (const decision of named) decision.until = now;
  return named.length;
}

const ALERT_FILTERS = (
  'scope value scenario origin decision_type ip range contains ' +
  'has_active_decision include_capi simulated limit sort since until created_before'
).split(' ');

/** The alerts that a query names, latest first; throws Refused. */
export function findAlerts(state: LapiState, query: URLSearchParams, now: number): LapiState['alerts'] {
  const isAround = alertRangeFilter(query);
  const known = state.version === '1.7.8' ? [...ALERT_FILTERS, 'kind', 'with_decisions'] : ALERT_FILTERS;
  const unknown = [...query.keys()].find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const text = `ilter parameter '${unknown}' is unknown (=${query.get(unknown)}): invalid filter`;
    throw new Refused(`${state.version === '1.7.8' ? 'f' : 'F'}${text}`);
  }
  const is = (name: string, text: string): boolean => query.get(name) === null || query.get(name) === text;
  const hides = hiddenOrigins(state, query);
  const found = state.alerts.filter(({ id, scenario, source, simulated }) => {
    const own = state.decisions.filter(({ alertId }) => alertId === id);
    const has = (test: (decision: StoredDecision) => boolean): boolean => own.some(test);
    return (
      is('scope', source.scope) &&
      is('value', source.value) &&
      (is('scenario', scenario) || has((decision) => is('scenario', decision.scenario))) &&
      (query.get('origin') === null || has((decision) => is('origin', decision.origin))) &&
      (query.get('decision_type') === null || has((decision) => is('decision_type', decision.type))) &&
      isAround(own) &&
      (query.get('has_active_decision') !== 'true' || has(({ until }) => until >= now)) &&
      (query.get('simulated') !== 'false' || !simulated) &&
      !hides(own)
    );
  });
  return limited(
    found.toSorted((one, other) => other.id - one.id),
    query,
    state,
  );
}

/** `include_capi=false` hides what was downloaded; in 1.4.6, whatever is not of these two origins. */
function hiddenOrigins(state: LapiState, query: URLSearchParams): (own: readonly StoredDecision[]) => boolean {
  if (query.get('include_capi') !== 'false' || query.has('origin')) return () => false;
  if (state.version === '1.4.6') return (own) => !own.some(({ origin }) => ['crowdsec', 'cscli'].includes(origin));
  return (own) => own.some(({ origin }) => ['CAPI', 'lists'].includes(origin));
}

function limited<Alert>(found: readonly Alert[], query: URLSearchParams, { version }: LapiState): Alert[] {
  const limit = Number(query.get('limit') ?? '100');
  if (!Number.isInteger(limit)) throw new Refused(`bad limit in parameters: [${query.get('limit')}]: unable to query`);
  if (version === '1.4.6' && found.length >= 100 && limit >= found.length + 100) {
    throw new Error('the real server never answers this, and burns a core until it is restarted');
  }
  return limit === 0 ? [...found] : found.slice(0, limit);
}
