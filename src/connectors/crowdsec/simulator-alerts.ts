import type { SimulatedAnswer, SimulatedRequest } from '#connectors/simulator-definition.ts';
import { durationMsOf, objectionToAlert, type SentAlert, type SentDecision } from './simulator-checks.ts';
import {
  type Bounds,
  boundsOf,
  type CrowdsecState,
  isActive,
  restOf,
  type SimulatedAlert,
  type SimulatedDecision,
} from './simulator-state.ts';

const failed = (message: string): SimulatedAnswer => ({ status: 500, json: { message } });

/** `POST /v1/alerts`: a list. The same alert again is another alert, and what has a bad value is left out in silence. */
export function addAlerts({ body }: SimulatedRequest, machine: string, state: CrowdsecState): SimulatedAnswer {
  let alerts: SentAlert[];
  try {
    alerts = JSON.parse(body) as SentAlert[];
  } catch {
    return { status: 400, json: { message: 'unexpected EOF' } };
  }
  if (!Array.isArray(alerts)) return { status: 400, json: { message: 'json: cannot unmarshal object into Go value' } };
  const objection = alerts.flatMap((alert, at) => objectionToAlert(alert, at))[0];
  if (objection !== undefined) return failed(`validation failure list:\n${objection}`);
  const before = structuredClone({ alerts: state.alerts, decisions: state.decisions });
  if (state.isLocked) return failLocked(alerts, machine, state);
  const ids: string[] = [];
  for (const alert of alerts) {
    const stored = storeAlert(alert, machine, state);
    if (stored === null) continue;
    if (typeof stored === 'object') return rollBack(state, before, stored.why);
    ids.push(String(stored));
  }
  return { status: 201, json: ids };
}

/** 1.4.6 fails in the middle: the alert is there without its decision, which is in force without its alert. */
function failLocked(alerts: readonly SentAlert[], machine: string, state: CrowdsecState): SimulatedAnswer {
  if (state.version !== '1.4.6') return failed('insert nodes to table "decisions": database is locked');
  const last = state.made;
  for (const alert of alerts) storeAlert(alert, machine, state);
  state.decisions = state.decisions.map((one) => (one.id > last ? { ...one, alertId: null } : one));
  return failed('error while updating decisions: one of [0] is already connected to a different alert_decisions');
}

/** Before 1.7.8 the decisions of the alerts before the bad one stay, in force and without an alert. */
function rollBack(
  state: CrowdsecState,
  before: Pick<CrowdsecState, 'alerts' | 'decisions'>,
  why: string,
): SimulatedAnswer {
  const kept = new Set(before.decisions.map(({ id }) => id));
  const orphans = state.decisions.filter(({ id }) => !kept.has(id)).map((one) => ({ ...one, alertId: null }));
  state.alerts = before.alerts;
  state.decisions = state.version === '1.7.8' ? before.decisions : [...before.decisions, ...orphans];
  return failed(`unable to create alerts: ${why}: unable to parse duration`);
}

function storeAlert(alert: SentAlert, machine: string, state: CrowdsecState): number | { why: string } | null {
  const { decisions, ...sent } = alert;
  const isOld = state.version === '1.4.6';
  const made: SimulatedDecision[] = [];
  const id = (state.made += 1);
  for (const decision of decisions ?? []) {
    const lastsMs = durationMsOf(decision.duration, !isOld);
    if (lastsMs === null) return { why: `decision duration '${decision.duration}'` };
    const isBad = /^(?:ip|range)$/i.test(decision.scope) && boundsOf(decision.value) === null;
    if (isBad && isOld) return { why: `invalid addr/range ${decision.value} : invalid address` };
    if (!isBad) made.push(toDecision(decision, { alert, id, lastsMs }, state));
  }
  if (made.length === 0 && (decisions ?? []).length > 0) return null;
  state.alerts.push({ id, machine, madeMs: Date.now(), sent });
  state.decisions.push(...made);
  return id;
}

/** It ends at the alert's `stop_at` and its duration, however long ago that was; a `stop_at` that is no time is now. */
function toDecision(
  { scope, origin, scenario, type, value }: SentDecision,
  { alert, id, lastsMs }: { readonly alert: SentAlert; readonly id: number; readonly lastsMs: number },
  state: CrowdsecState,
): SimulatedDecision {
  const stopMs = Date.parse(alert.stop_at);
  const word = scope.toLowerCase();
  const known = word === 'ip' ? 'Ip' : 'Range';
  state.made += 1;
  return {
    id: state.made,
    alertId: id,
    origin,
    scenario,
    scope: state.version !== '1.4.6' && (word === 'ip' || word === 'range') ? known : scope,
    type,
    value,
    isSimulated: alert.simulated,
    madeMs: Date.now(),
    untilMs: (Number.isNaN(stopMs) ? Date.now() : stopMs) + lastsMs,
  };
}

const FILTERS = ['ip', 'range', 'contains', 'has_active_decision', 'origin', 'scenario', 'limit', 'include_capi'];
const COMMUNITY = ['CAPI', 'lists'];
/** All that 1.4.6 shows where the community's are not to be included. */
const LOCAL = ['crowdsec', 'cscli'];

/** `GET /v1/alerts`: `null` is none. An alert that fits is shown with its every decision, also those that are over. */
export function listAlerts({ query }: SimulatedRequest, state: CrowdsecState): SimulatedAnswer {
  const unknown = [...query.keys()].find((name) => !FILTERS.includes(name));
  if (unknown !== undefined)
    return failed(`filter parameter '${unknown}' is unknown (=${query.get(unknown)}): invalid filter`);
  const place = query.get('ip') ?? query.get('range');
  const bounds = place === null ? null : boundsOf(place);
  if (place !== null && !bounds) return failed(`invalid ip address '${place}'`);
  const limit = Number(query.get('limit') ?? 100);
  // The real one never answers again, and keeps a core busy until it is restarted.
  if (state.version === '1.4.6' && state.alerts.length >= 100 && limit >= state.alerts.length + 100)
    return { status: 504, text: 'no answer' };
  const found = state.alerts
    .map((alert) => ({ alert, decisions: state.decisions.filter(({ alertId }) => alertId === alert.id) }))
    .filter(
      ({ alert, decisions }) => fits({ alert, decisions }, query, state) && (!bounds || isAround(decisions, bounds)),
    )
    .toReversed();
  const shown = (limit === 0 ? found : found.slice(0, limit)).map(({ alert, decisions }) =>
    showAlert(alert, decisions, state),
  );
  return { status: 200, json: shown.length === 0 ? null : shown };
}

type WithDecisions = { readonly alert: SimulatedAlert; readonly decisions: readonly SimulatedDecision[] };

function fits({ alert, decisions }: WithDecisions, query: URLSearchParams, { version }: CrowdsecState): boolean {
  const [origin, scenario] = [query.get('origin'), query.get('scenario')];
  if (query.get('has_active_decision') === 'true' && !decisions.some(isActive)) return false;
  if (origin !== null && !decisions.some((one) => one.origin === origin)) return false;
  if (query.get('include_capi') === 'false' && origin === null) {
    const isTheirs = decisions.some((one) => COMMUNITY.includes(one.origin));
    if (version === '1.4.6' ? !decisions.some((one) => LOCAL.includes(one.origin)) : isTheirs) return false;
  }
  return scenario === null || alert.sent['scenario'] === scenario || decisions.some((one) => one.scenario === scenario);
}

/** Start and end are looked for apart from each other: of an alert with several decisions, two may fit together. */
function isAround(decisions: readonly SimulatedDecision[], { bits, first, last }: Bounds): boolean {
  const all = decisions.flatMap(({ value }) => boundsOf(value) ?? []).filter((one) => one.bits === bits);
  return all.some((one) => one.first <= first) && all.some((one) => one.last >= last);
}

function showAlert(
  { id, machine, madeMs, sent }: SimulatedAlert,
  all: readonly SimulatedDecision[],
  state: CrowdsecState,
) {
  const decisions = all.map((decision) => ({ ...showDecision(decision, state), simulated: decision.isSimulated }));
  const { start_at: startAt, stop_at: stopAt } = sent;
  return {
    ...sent,
    id,
    machine_id: machine,
    created_at: new Date(madeMs).toISOString(),
    decisions,
    events: null,
    labels: null,
    start_at: showInstant(startAt, state),
    stop_at: showInstant(stopAt, state),
  };
}

/** Before 1.7.8 in Go's own words. */
function showInstant(instant: unknown, { version }: CrowdsecState): string {
  const text = String(instant);
  return version === '1.7.8' ? text : text.replace('T', ' ').replace('Z', ' +0000 UTC');
}

/** A decision as every list shows it. */
export function showDecision(decision: SimulatedDecision, { version }: CrowdsecState) {
  const { id, origin, scenario, scope, type, value } = decision;
  return { duration: restOf(decision, version), id, origin, scenario, scope, type, value };
}
