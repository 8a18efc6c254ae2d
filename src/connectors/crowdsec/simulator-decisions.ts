import type { SimulatedAnswer, SimulatedRequest } from '#connectors/simulator-definition.ts';
import { showDecision } from './simulator-alerts.ts';
import { boundsOf, type CrowdsecState, holds, isActive, type SimulatedDecision } from './simulator-state.ts';

const failed = (message: string): SimulatedAnswer => ({ status: 500, json: { message } });

/** What each filter of `DELETE /v1/decisions` compares; `ip` and `range` also take the ranges around them. */
const EQUALS: Readonly<Record<string, 'scope' | 'value' | 'type' | 'origin' | 'scenario'>> = {
  scopes: 'scope',
  value: 'value',
  type: 'type',
  origin: 'origin',
  scenario: 'scenario',
};

/** `DELETE /v1/decisions`: without a filter it ends everything that the server holds, whoever made it. */
export function deleteDecisions({ query }: SimulatedRequest, state: CrowdsecState): SimulatedAnswer {
  let chosen = state.decisions.filter(isActive);
  for (const [name, text] of query) {
    const field = EQUALS[name];
    if (field === undefined && name !== 'ip' && name !== 'range')
      return failed(`'${name}' doesn't exist: invalid filter`);
    const inner = field === undefined ? boundsOf(text) : null;
    if (field === undefined && !inner) return failed(`unable to convert '${text}' to int: invalid ip address / range`);
    chosen = chosen.filter((one) => (field === undefined ? isAround(one, inner) : one[field] === text));
  }
  for (const one of chosen) one.untilMs = Date.now();
  return { status: 200, json: { nbDeleted: String(chosen.length) } };
}

/** `DELETE /v1/decisions/{id}`: one that is over already counts again. */
export function deleteDecision(id: string, state: CrowdsecState): SimulatedAnswer {
  if (!/^\d+$/.test(id)) return { status: 400, json: { message: 'decision_id must be valid integer' } };
  const found = state.decisions.find((one) => String(one.id) === id);
  if (!found) return failed(`decision with id '${id}' doesn't exist: unable to delete`);
  found.untilMs = Math.min(found.untilMs, Date.now());
  return { status: 200, json: { nbDeleted: '1' } };
}

/** How young a bouncer's last fetch must be for its questions not to count as one. */
const CURSOR_MS = 60_000;
const LOOK_BACK_MS = 2000;

/** `GET /v1/decisions`, for bouncers: it moves the cursor of the key that asks, which then misses what is new. */
export function listDecisions({ query }: SimulatedRequest, key: string, state: CrowdsecState): SimulatedAnswer {
  const lastMs = state.pulls[key] ?? 0;
  if (Date.now() - lastMs >= CURSOR_MS) state.pulls[key] = Date.now();
  const ip = query.get('ip');
  const inner = ip === null ? null : boundsOf(ip);
  const found = inForce(state).filter((one) => ip === null || isAround(one, inner));
  return { status: 200, json: found.length === 0 ? null : found.map((one) => showDecision(one, state)) };
}

/**
 * `GET /v1/decisions/stream`: what a bouncer must change since it last asked. Only the longest of a value is told, and
 * what has vanished with its alert is not.
 */
export function streamDecisions({ query }: SimulatedRequest, key: string, state: CrowdsecState): SimulatedAnswer {
  const isFirst = query.get('startup') === 'true';
  const lastMs = isFirst ? 0 : (state.pulls[key] ?? 0);
  state.pulls[key] = Date.now();
  const enforced = inForce(state).filter(({ scope }) => scope === 'Ip' || scope === 'Range');
  const isLongest = (one: SimulatedDecision) =>
    !enforced.some((other) => isSame(one, other) && other.untilMs > one.untilMs);
  const fresh = enforced.filter((one) => one.madeMs > lastMs && isLongest(one));
  const over = state.decisions.filter(
    (one) => !isActive(one) && one.untilMs > lastMs - LOOK_BACK_MS && !enforced.some((other) => isSame(one, other)),
  );
  const show = (some: readonly SimulatedDecision[]) =>
    some.length === 0 && state.version !== '1.7.8' ? null : some.map((one) => showDecision(one, state));
  return { status: 200, json: { new: show(fresh), deleted: show(isFirst ? [] : over) } };
}

function inForce({ decisions }: CrowdsecState): SimulatedDecision[] {
  return decisions.filter((one) => isActive(one) && !one.isSimulated);
}

function isSame(one: SimulatedDecision, other: SimulatedDecision): boolean {
  return one.scope === other.scope && one.type === other.type && one.value === other.value;
}

function isAround({ value }: SimulatedDecision, inner: ReturnType<typeof boundsOf>): boolean {
  const outer = boundsOf(value);
  return outer !== null && inner !== null && holds(outer, inner);
}
