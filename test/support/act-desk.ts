import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createContainActivities } from '#activities/contain.ts';
import type { ActChecks } from '#activities/objection-to-act.ts';
import { ALLOW_LIST, type ActAnswer, type LeaseAct } from '#domain/containment.ts';
import type { GuardFinding } from '#domain/guard/guard.ts';
import { observableKey, type Observable } from '#domain/observable.ts';
import type { Person } from '#domain/person.ts';
import { DEFAULT_LIMITS, DEFAULT_RULES } from '#domain/policy.ts';
import type { Held } from '#domain/responder.ts';
import { openStore, type Store } from '#store/open-store.ts';
import { withAsks } from './asked-record.ts';
import type { FakeResponder } from './fake-responder.ts';
import { createScratchDirectory } from './scratch-directory.ts';
import { KEYS, NOW } from './sealed-orders.ts';
import { SILENT_LOG } from './silent-log.ts';
import { addressOf } from './soc-requests.ts';

/** As `PEOPLE` says, and Ana and Rob have a second account each. */
export const LISTED: readonly Person[] = [
  { name: 'ana', role: 'analyst', telegramIds: [11, 12] },
  { name: 'rob', role: 'responder', telegramIds: [22, 23] },
  { name: 'ria', role: 'responder', telegramIds: [33] },
  { name: 'vic', role: 'viewer', telegramIds: [44] },
];

/** Takes two people. */
export const GRAVE = addressOf(20);
/** Nobody may block it. */
export const OURS = addressOf(65);

const FINDINGS: Readonly<Record<string, readonly GuardFinding[]>> = {
  [GRAVE.value]: [{ tier: 'two_people', why: 'It is on the warning list “resolvers”.' }],
  [OURS.value]: [{ tier: 'never', why: 'It lies in our own network 203.0.113.64/26.' }],
};

/** A store of its own, which ends with the test. */
export async function openTestStore(): Promise<Store> {
  const store = await openStore({ file: join(createScratchDirectory(), 'socbot.db') });
  onTestFinished(store.close);
  return store;
}

/** What an act is checked against: the usual rules, at noon. */
export function checksOver({ audit, leases, marks }: Store, change: Partial<ActChecks> = {}): ActChecks {
  return {
    audit: withAsks(audit),
    leases,
    marks,
    judge: ({ value }) => FINDINGS[value] ?? [],
    rules: DEFAULT_RULES,
    limits: DEFAULT_LIMITS,
    people: async () => LISTED,
    keys: KEYS,
    now: () => NOW,
    ...change,
  };
}

/** A lease that holds a target already. */
export async function holdFor(
  { leases }: Pick<Store, 'leases'>,
  target: Observable,
  rest: { readonly system?: string; readonly leaseId?: string; readonly until?: string; readonly by?: string } = {},
): Promise<void> {
  const { system = 'wall', leaseId = 'tg-1-0', until = '2026-03-01T12:30:00.000Z', by = 'ria' } = rest;
  const lease = { system, target: observableKey(target), leaseId };
  await leases.begin({ ...lease, until, by, digest: 'dddd 0000', attempt: `begun ${leaseId}`, now: NOW, place: 0 });
  await leases.settle(lease);
}

/** Puts something on the list of what nobody may block. */
export async function allow(store: Pick<Store, 'leases'>, target: Observable): Promise<void> {
  await holdFor(store, target, { system: ALLOW_LIST, leaseId: 'tg-9-9' });
}

/** A system behind its activities: every check, a real store, and only the system itself a fake one. */
export function actDesk(store: Store, { profile, responder }: FakeResponder, change: Partial<ActChecks> = {}) {
  const deps = { ...checksOver(store, change), log: SILENT_LOG };
  const activities: Record<string, unknown> = createContainActivities({ profile, responder }, deps);
  const named = (verb: string) => activities[`${profile.id}.${verb}`];
  return {
    contain: named('contain') as (act: LeaseAct) => Promise<ActAnswer>,
    release: named('release') as (act: LeaseAct) => Promise<ActAnswer>,
    readBack: named('readBack') as (target: Observable) => Promise<Held | null>,
    /** What is on record, the oldest first. */
    records: async () => (await store.audit.list({ limit: 99 })).toReversed(),
  };
}
