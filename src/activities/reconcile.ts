import type { Posting } from '#domain/card.ts';
import { ALLOW_LIST } from '#domain/containment.ts';
import { type Drift, driftKey, driftsOf, type IndexedHold } from '#domain/drift.ts';
import { hashOf } from '#domain/ids.ts';
import { parseObservableKey } from '#domain/observable.ts';
import { hasRole, type Person } from '#domain/person.ts';
import type { Log } from '#src/log.ts';
import type { Lease } from '#store/leases.ts';
import { driftMark } from '#store/mark-names.ts';
import type { Store } from '#store/open-store.ts';
import type { RunningResponder } from './contain.ts';
import { currentSignal } from './current-signal.ts';
import { toFailure } from './failure.ts';

export type ReconcileDeps = {
  readonly responders: readonly RunningResponder[];
  readonly store: Store;
  /** Everybody SocBot listens to at this moment. */
  readonly people: () => Promise<readonly Person[]>;
  readonly now: () => string;
  readonly log: Log;
};

/** The activity that compares the containment index with every system, and gives what has to be told. */
export function createReconcile(deps: ReconcileDeps) {
  return {
    'containment.reconcile': async (): Promise<readonly Posting[]> => {
      try {
        return await reconcile(deps);
      } catch (error) {
        throw toFailure(error);
      }
    },
  };
}

/**
 * Drift is told and never mended: somebody may have had a reason. Each is told once, and an entry that was left behind only
 * when it is seen for the second time, since the first time it may have been on its way out.
 */
async function reconcile(deps: ReconcileDeps): Promise<readonly Posting[]> {
  const found: Drift[] = [];
  for (const running of deps.responders) found.push(...(await driftsIn(running, deps)));
  const news: Drift[] = [];
  for (const drift of found) if (await isNews(drift, deps)) news.push(drift);
  if (news.length === 0) return [];
  await deps.store.audit.append(news.map((drift) => recordOf(drift, deps.now())));
  deps.log.warn({ drifts: news.length }, 'systems differ from what SocBot holds');
  const card = { kind: 'drift', drifts: news } as const;
  const told = (await deps.people()).filter((person) => hasRole(person, 'responder'));
  return told.flatMap(({ telegramIds }) => telegramIds.slice(0, 1).map((to) => ({ to, card, isSilent: false })));
}

/** What differs in one system; one that cannot be read differs in nothing that anybody knows of. */
async function driftsIn({ profile, responder }: RunningResponder, deps: ReconcileDeps): Promise<readonly Drift[]> {
  if (profile.id === ALLOW_LIST || profile.isBlind || profile.isDryRun) return [];
  const before = await deps.store.leases.list(profile.id);
  try {
    const listed = await responder.list(currentSignal());
    const after = new Set((await deps.store.leases.list(profile.id)).map(keyOf));
    const steady = before.filter((lease) => lease.state === 'held' && after.has(keyOf(lease)));
    const holds = steady.flatMap(toHold);
    const moving = before.filter((lease) => !steady.includes(lease)).map(({ leaseId }) => leaseId);
    const drifts = driftsOf(profile, listed, holds, deps.now());
    return drifts.filter(({ kind, leaseId }) => kind !== 'left_behind' || !moving.includes(leaseId));
  } catch (error) {
    deps.log.warn({ err: error, system: profile.id }, 'could not be compared with what SocBot holds');
    return [];
  }
}

function keyOf({ leaseId, target, until, state }: Lease): string {
  return [leaseId, target, until, state].join(' ');
}

function toHold({ target, leaseId, until }: Lease): IndexedHold[] {
  const observable = parseObservableKey(target);
  return observable ? [{ target: observable, leaseId, until }] : [];
}

async function isNews(drift: Drift, { store, now }: ReconcileDeps): Promise<boolean> {
  const name = driftMark(hashOf(driftKey(drift)).slice(0, 24));
  let isNew = false;
  const next = (value: string | null): string | null => {
    const isSeen = value === 'seen' || drift.kind !== 'left_behind';
    isNew = value !== 'told' && isSeen;
    if (value === 'told') return null;
    return isSeen ? 'told' : 'seen';
  };
  await store.marks.change(name, next, now());
  return isNew;
}

function recordOf(drift: Drift, at: string) {
  const nobody = { who: null, telegramId: null, chat: null };
  const { system, kind, target, leaseId } = drift;
  return {
    at,
    ...nobody,
    request: leaseId,
    action: `${system}.drift`,
    outcome: kind,
    target: target.value,
    key: `drift/${driftKey(drift)}`,
  };
}
