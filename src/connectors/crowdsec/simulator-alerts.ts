import { type NewAlert, readAlerts } from './simulator-checks.ts';
import { findAlerts, readRange, Refused } from './simulator-search.ts';
import { type LapiState, readDuration, type StoredDecision, writeDuration } from './simulator-state.ts';

/**
 * Stores alerts with their decisions and gives the ids as texts; the same alert again is another alert. Throws Refused
 * with the version's words; what was stored until then may stay, as it does there.
 */
export function addAlerts(state: LapiState, machine: string, body: unknown[], now: number): string[] {
  const alerts = readAlerts(body);
  if (state.trouble === 'locked') throw new Refused('insert nodes to table "decisions": database is locked');
  const before = structuredClone(state);
  try {
    return alerts.flatMap((alert) => addAlert(state, machine, alert, now));
  } catch (error) {
    undoPartly(state, before);
    throw error;
  }
}

/** The old ones roll alerts back, and leave their decisions without one; the new one rolls back everything. */
function undoPartly(state: LapiState, before: LapiState): void {
  const isKnown = ({ id }: StoredDecision): boolean => before.decisions.some((decision) => decision.id === id);
  state.alerts = before.alerts;
  state.decisions =
    state.version === '1.7.8' && state.trouble === 'none'
      ? before.decisions
      : state.decisions.map((decision) => (isKnown(decision) ? decision : { ...decision, alertId: null }));
}

function addAlert(state: LapiState, machine: string, alert: NewAlert, now: number): string[] {
  const startAt = timeOf(alert.start_at, now);
  const stopAt = timeOf(alert.stop_at, now);
  const id = state.nextAlert;
  const wanted = alert.decisions ?? [];
  const stored = wanted.flatMap((decision) => {
    const scope = state.version === '1.4.6' ? decision.scope : normalised(decision.scope);
    const durationMs = readDuration(decision.duration, state.version);
    if (durationMs === null) throw new Refused(`decision duration '${decision.duration}': unable to parse duration`);
    if (/^(?:ip|range)$/i.test(scope) && readRange(decision.value) === null) {
      if (state.version !== '1.4.6') return [];
      throw new Refused(`invalid addr/range ${decision.value} : invalid address: unable to parse duration`);
    }
    const { duration: _, ...rest } = decision;
    state.nextDecision += 1;
    return [{ ...rest, scope, id: state.nextDecision - 1, alertId: id, createdAt: now, until: stopAt + durationMs }];
  });
  if (wanted.length > 0 && stored.length === 0) return [];
  state.decisions.push(...stored);
  if (state.trouble === 'orphan') throw new Refused('error while updating decisions: ent: constraint failed');
  const { scenario, message, simulated, source, meta } = alert;
  state.nextAlert += 1;
  state.alerts.push({
    id,
    machine,
    createdAt: now,
    startAt,
    stopAt,
    scenario,
    message,
    simulated,
    source,
    meta: meta ?? [],
  });
  return [String(id)];
}

/** A time that cannot be read is now, without a word. */
function timeOf(text: string, now: number): number {
  const time = Date.parse(text);
  return Number.isNaN(time) ? now : time;
}

function normalised(scope: string): string {
  return { ip: 'Ip', range: 'Range', as: 'AS', country: 'Country' }[scope.toLowerCase()] ?? scope;
}

/** `GET /v1/alerts`: with all decisions of each alert, those that are over too; null where there are none. */
export function showAlerts(state: LapiState, query: URLSearchParams, now: number): unknown {
  const alerts = findAlerts(state, query, now).map(({ machine, createdAt, startAt, stopAt, meta, ...alert }) => {
    const own = state.decisions.filter(({ alertId }) => alertId === alert.id);
    return {
      ...alert,
      capacity: 0,
      events: null,
      events_count: 1,
      labels: null,
      leakspeed: '0',
      scenario_hash: '',
      scenario_version: '',
      machine_id: machine,
      created_at: new Date(createdAt).toISOString().replace(/\.\d+Z$/, 'Z'),
      start_at: timeText(startAt, state),
      stop_at: timeText(stopAt, state),
      ...(meta.length > 0 ? { meta } : {}),
      decisions:
        own.length === 0 ? null : own.map((one) => ({ ...showDecision(state, one, now), simulated: alert.simulated })),
    };
  });
  return alerts.length === 0 ? null : alerts;
}

/** A decision as every call shows it: its end is told as what is left. */
export function showDecision(state: LapiState, decision: StoredDecision, now: number): object {
  const { id, origin, scenario, scope, type, value, until } = decision;
  return { duration: writeDuration(until - now, state.version), id, origin, scenario, scope, type, value };
}

function timeText(time: number, { version }: LapiState): string {
  const text = new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
  return version === '1.7.8' ? text : text.replace('T', ' ').replace('Z', ' +0000 UTC');
}

/** `DELETE /v1/decisions/{id}`: one that is over is ended again; one that never was is refused. */
export function endDecision(state: LapiState, id: number, now: number): number {
  const decision = state.decisions.find((one) => one.id === id);
  if (!decision) throw new Refused(`decision with id '${id}' doesn't exist: unable to delete`);
  decision.until = now;
  return 1;
}
