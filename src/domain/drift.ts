import { observableKey, type Observable } from './observable.ts';
import type { Held, ResponderProfile } from './responder.ts';

/**
 * How a system's own list differs from what SocBot believes. `gone`: what is held is not there. `other_end`: it ends at
 * another time. `left_behind`: an entry of SocBot's that no lease holds, or that
 * none has let go when its time was up.
 */
export type Drift = {
  readonly kind: 'gone' | 'other_end' | 'left_behind';
  readonly system: string;
  readonly target: Observable;
  readonly leaseId: string;
  /** When SocBot meant it to end, and when the system says it does; null where nobody knows. */
  readonly until: string | null;
  readonly tellsUntil: string | null;
};

/** What the index says of one hold. */
export type IndexedHold = {
  readonly target: Observable;
  readonly leaseId: string;
  readonly until: string;
};

/** What ends this soon may be on its way out already. */
const SOON_MS = 60_000;

/** What is listed this long after its end has nobody left who lets it go. */
const LATE_MS = 5 * 60_000;

/** Systems round ends to whole seconds, and count the rest of the time on their own clock. */
const ROUNDING_MS = 60_000;

/** Compares what one system lists with the holds that were in the index before and after it was read. */
export function driftsOf(
  profile: Pick<ResponderProfile, 'id' | 'isPlainList'>,
  listed: readonly Held[],
  holds: readonly IndexedHold[],
  now: string,
): readonly Drift[] {
  const of = (target: Observable) => listed.find((held) => observableKey(held.target) === observableKey(target));
  const system = profile.id;
  const missing = holds.flatMap((hold): Drift[] => {
    const leftMs = Date.parse(hold.until) - Date.parse(now);
    const found = of(hold.target);
    const isThere = found !== undefined && (profile.isPlainList || found.leaseId === hold.leaseId);
    const base = { ...hold, system, tellsUntil: found?.until ?? null };
    if (leftMs < -LATE_MS && isThere) return [{ kind: 'left_behind', ...base }];
    if (leftMs < SOON_MS) return [];
    if (!isThere) return [{ kind: 'gone', ...base }];
    return isNear(found.until, hold.until) ? [] : [{ kind: 'other_end', ...base }];
  });
  const known = new Set(holds.map(({ leaseId, target }) => `${leaseId} ${observableKey(target)}`));
  const left = listed.flatMap((held): Drift[] => {
    const { leaseId, target } = held;
    if (leaseId === null || known.has(`${leaseId} ${observableKey(target)}`)) return [];
    return [{ kind: 'left_behind', system, target, leaseId, until: null, tellsUntil: held.until }];
  });
  return [...missing, ...left];
}

function isNear(told: string | null, meant: string): boolean {
  return told === null || Math.abs(Date.parse(told) - Date.parse(meant)) <= ROUNDING_MS;
}

/** One text per drift: the same one again is the same. */
export function driftKey({ kind, system, target, leaseId, tellsUntil }: Drift): string {
  return [kind, system, observableKey(target), leaseId, kind === 'other_end' ? tellsUntil : ''].join(' ');
}
