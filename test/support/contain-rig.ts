import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createContainActivities } from '#activities/contain.ts';
import type { ActAnswer, LeaseAct } from '#domain/containment.ts';
import { judgeTarget } from '#domain/guard/judge.ts';
import type { Observable } from '#domain/observable.ts';
import { DEFAULT_LIMITS, DEFAULT_RULES } from '#domain/policy.ts';
import type { Held, Responder, ResponderProfile } from '#domain/responder.ts';
import { openStore } from '#store/open-store.ts';
import { withAsks } from './asked-record.ts';
import { createScratchDirectory } from './scratch-directory.ts';
import { KEYS, NOW } from './sealed-orders.ts';
import { SILENT_LOG } from './silent-log.ts';
import { PEOPLE } from './soc-requests.ts';

type Changes = {
  readonly responder?: Partial<Responder>;
  readonly profile?: Partial<ResponderProfile>;
  readonly checks?: Partial<Parameters<typeof createContainActivities>[1]>;
};

export type ContainRig = Awaited<ReturnType<typeof startContainRig>>;

const PROFILE: ResponderProfile = {
  id: 'wall',
  title: 'Wall',
  kinds: ['ipv4', 'cidr', 'domain', 'host'],
  isPlainList: false,
  isBlind: false,
  isDryRun: false,
};

const GUARD = {
  ownNetworks: ['203.0.113.64/26'],
  ownDomains: ['campus.example'],
  lifelines: [],
  hosts: [{ name: 'ws-1', addresses: [], tier: 'workstation' }] as const,
  allowDocumentationRanges: true,
  lists: { find: () => [] },
};

/** The activities of a wall in memory, with a real store and a ledger of the calls that reached the wall itself. */
export async function startContainRig({ responder = {}, profile = {}, checks = {} }: Changes = {}) {
  const store = await openStore({ file: join(createScratchDirectory(), 'socbot.db') });
  onTestFinished(store.close);
  const reached: string[] = [];
  const held = new Map<string, Held>();
  const wall: Responder = {
    contain: async ({ target, leaseId, until, by }) => {
      reached.push('contain');
      held.set(target.value, { system: 'wall', target, until, by, leaseId });
      return { isDone: true };
    },
    release: async ({ target }) => {
      reached.push('release');
      held.delete(target.value);
      return { isDone: true };
    },
    readBack: async (target) => held.get(target.value) ?? null,
    list: async () => [...held.values()],
    ...responder,
  };
  const activities = createContainActivities(
    { profile: { ...PROFILE, ...profile }, responder: wall },
    {
      audit: withAsks(store.audit),
      leases: store.leases,
      marks: store.marks,
      judge: (target) => judgeTarget(target, GUARD),
      rules: DEFAULT_RULES,
      limits: DEFAULT_LIMITS,
      people: async () =>
        Object.values(PEOPLE).map(({ name, telegramId, role }) => ({ name, role, telegramIds: [telegramId] })),
      keys: KEYS,
      now: () => NOW,
      log: SILENT_LOG,
      ...checks,
    },
  ) as unknown as {
    'wall.contain': (act: LeaseAct) => Promise<ActAnswer>;
    'wall.release': (act: LeaseAct) => Promise<ActAnswer>;
    'wall.readBack': (target: Observable) => Promise<Held | null>;
  };
  return {
    contain: activities['wall.contain'],
    release: activities['wall.release'],
    readBack: activities['wall.readBack'],
    reached,
    held,
    store,
    /** The records of acts, the newest first. */
    acts: async () =>
      (await store.audit.list({ limit: 50 })).filter(({ action }) => /\.(?:contain|release)$/.test(action)),
  };
}
