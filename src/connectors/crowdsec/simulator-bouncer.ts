import { showDecision } from './simulator-alerts.ts';
import { rangeFilter } from './simulator-search.ts';
import { isSimulated, type LapiState, type StoredDecision } from './simulator-state.ts';

/** How far back the stream looks for what has ended, and how old a poll must be for a query to move its cursor. */
const LOOK_BACK_MS = 2000;
const CURSOR_MS = 60_000;

/** `GET /v1/decisions` of a bouncer: null where there are none. It moves the cursor of the bouncer's stream. */
export function queryDecisions(state: LapiState, query: URLSearchParams, key: string, now: number): unknown {
  const inRange = rangeFilter(query);
  const is = (name: string, text: string): boolean => query.get(name)?.split(',').includes(text) ?? true;
  const found = state.decisions.filter(
    (decision) =>
      decision.until > now &&
      (query.get('simulated') === 'true' || !isSimulated(state, decision)) &&
      is('value', decision.value) &&
      is('type', decision.type) &&
      is('scopes', decision.scope) &&
      is('origins', decision.origin) &&
      inRange(decision),
  );
  if (now - (state.cursors[key] ?? 0) >= CURSOR_MS) state.cursors[key] = now;
  return found.length === 0 ? null : found.map((decision) => showDecision(state, decision, now));
}

/**
 * `GET /v1/decisions/stream`: what is new and what has ended since the bouncer's last poll, of addresses and networks.
 * Of several on one thing only the longest is told, and its end only when none is left.
 */
export function streamDecisions(state: LapiState, isStart: boolean, key: string, now: number): unknown {
  const since = isStart ? 0 : (state.cursors[key] ?? 0);
  const known = state.decisions.filter(
    (decision) => (decision.scope === 'Ip' || decision.scope === 'Range') && !isSimulated(state, decision),
  );
  const inForce = known.filter(({ until }) => until > now);
  const isLongest = (one: StoredDecision): boolean =>
    !inForce.some(
      (other) =>
        isSameThing(one, other) && (other.until > one.until || (other.until === one.until && other.id > one.id)),
    );
  const added = inForce.filter((one) => one.createdAt >= since && isLongest(one));
  const ended = isStart
    ? []
    : known.filter(
        (one) =>
          one.until <= now && one.until >= since - LOOK_BACK_MS && !inForce.some((other) => isSameThing(one, other)),
      );
  state.cursors[key] = now;
  const shown = (decisions: readonly StoredDecision[]): unknown => {
    if (decisions.length === 0) return state.version === '1.7.8' ? [] : null;
    return decisions.map((decision) => showDecision(state, decision, now));
  };
  return { new: shown(added), deleted: shown(ended) };
}

function isSameThing(one: StoredDecision, other: StoredDecision): boolean {
  return one.scope === other.scope && one.type === other.type && one.value === other.value;
}
