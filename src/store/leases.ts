import type { Kysely, Transaction } from 'kysely';
import type { Database } from './database.ts';
import { toStoredInstant } from './instant.ts';
import type { LeaseRow, Tables } from './tables.ts';

/** A hold that SocBot began in a system. Times are ISO 8601 in UTC; `target` as `observableKey` writes it. */
export type Lease = {
  readonly system: string;
  readonly target: string;
  readonly leaseId: string;
  readonly until: string;
  /** The requester's name. */
  readonly by: string;
  readonly digest: string;
  readonly state: 'beginning' | 'held';
  readonly begunAt: string;
  /** Which target of its request it is, from 0. */
  readonly place: number;
};

/** One attempt to hold. `attempt` is another text each time: only the latest may act. */
export type LeaseAttempt = Omit<Lease, 'state' | 'begunAt'> & { readonly attempt: string; readonly now: string };

/**
 * `go`: the attempt may act, `was` says how far an earlier one came. `ended`: the lease was let go before; a late attempt
 * must not bring it back. `held_by`: another lease holds the target.
 */
export type Begun =
  | { readonly kind: 'go'; readonly was: Lease | null }
  | { readonly kind: 'ended' }
  | { readonly kind: 'held_by'; readonly lease: Lease };

type Place = { readonly system: string; readonly target: string };

/** The containment index: what SocBot holds where, and which attempt may act on it. */
export type Leases = {
  /** Written down before the system is asked, so that whoever comes later knows that it may have been. */
  readonly begin: (attempt: LeaseAttempt) => Promise<Begun>;
  /** Whether this attempt is still the latest of a lease that has not ended: asked just before the call. */
  readonly mayAct: (attempt: Place & { readonly leaseId: string; readonly attempt: string }) => Promise<boolean>;
  /** The system said yes. */
  readonly settle: (lease: Place & { readonly leaseId: string }) => Promise<void>;
  /**
   * Puts back what was before this attempt, if it is still the latest: the system did nothing, or somebody else's entry is
   * there. Null: nothing was.
   */
  readonly forget: (
    attempt: Place & { readonly leaseId: string; readonly attempt: string },
    was: Lease | null,
  ) => Promise<void>;
  /**
   * Let go for ever. Without a lease, whichever holds the target. A lease that was never begun is ended all the same; the
   * answer says whether it ever was.
   */
  readonly end: (
    lease: Place & { readonly leaseId: string | null; readonly now: string },
  ) => Promise<{ readonly wasBegun: boolean }>;
  readonly get: (place: Place) => Promise<Lease | null>;
  /** All that have not ended, of one system or of all. */
  readonly list: (system?: string) => Promise<readonly Lease[]>;
  /** How many holds began since then, by one requester or by all, without one lease: each target of each lease once. */
  readonly countSince: (since: string, which: { readonly by?: string; readonly but?: string }) => Promise<number>;
};

const TURN = 'leases';

/** What a lease that ended before it began has in place of an attempt. */
const NEVER_BEGUN = '';

/** Creates the containment index over an open database. */
export function createLeases(database: Database): Leases {
  const update = async ({ system, target, leaseId }: Place & { leaseId: string }, state: LeaseRow['state']) =>
    database.query(async (db) =>
      db
        .updateTable('leases')
        .set({ state })
        .where('system', '=', system)
        .where('target', '=', target)
        .where('lease_id', '=', leaseId)
        .where('state', '!=', 'ended')
        .execute(),
    );
  return {
    begin: async (attempt) => database.takeTurn(TURN, async (trx) => begin(trx, attempt)),
    mayAct: async ({ system, target, leaseId, attempt }) => {
      const row = await database.query(async (db) => readRow(db, { system, target, leaseId }));
      return row !== undefined && row.state !== 'ended' && row.attempt === attempt;
    },
    settle: async (lease) => void (await update(lease, 'held')),
    forget: async (attempt, was) => database.takeTurn(TURN, async (trx) => forget(trx, attempt, was)),
    end: async (lease) => database.takeTurn(TURN, async (trx) => end(trx, lease)),
    get: async (place) => database.query(async (db) => readActive(db, place)),
    list: async (system) => {
      const rows = await database.query(async (db) => {
        const active = db
          .selectFrom('leases')
          .selectAll()
          .where('state', '!=', 'ended')
          .orderBy('target')
          .orderBy('system');
        return (system === undefined ? active : active.where('system', '=', system)).execute();
      });
      return rows.map((row) => toLease(row));
    },
    countSince: async (since, { by, but }) => {
      const rows = await database.query(async (db) => {
        const recent = db
          .selectFrom('leases')
          .select(['target', 'lease_id'])
          .distinct()
          .where('begun_at', '>=', toStoredInstant(since))
          .where('attempt', '!=', NEVER_BEGUN)
          .where('lease_id', '!=', but ?? '');
        return (by === undefined ? recent : recent.where('asked_by', '=', by)).execute();
      });
      return rows.length;
    },
  };
}

async function begin(trx: Transaction<Tables>, { now, attempt, ...lease }: LeaseAttempt): Promise<Begun> {
  const known = await readRow(trx, lease);
  if (known?.state === 'ended') return { kind: 'ended' };
  const active = await readActive(trx, lease);
  if (active && active.leaseId !== lease.leaseId) return { kind: 'held_by', lease: active };
  const { system, target, leaseId, by, digest, place } = lease;
  const until = toStoredInstant(lease.until);
  // What it holds already it holds still, whatever becomes of this attempt.
  const isHeld = known?.state === 'held' && known.until === until;
  const row: LeaseRow = {
    system,
    target,
    lease_id: leaseId,
    until,
    asked_by: by,
    digest,
    state: isHeld ? 'held' : 'beginning',
    attempt,
    begun_at: known?.begun_at ?? toStoredInstant(now),
    place,
  };
  await trx
    .insertInto('leases')
    .values(row)
    .onConflict((conflict) => conflict.columns(['system', 'target', 'lease_id']).doUpdateSet(row))
    .execute();
  return { kind: 'go', was: known ? toLease(known) : null };
}

async function forget(
  trx: Transaction<Tables>,
  { attempt, ...lease }: Place & { readonly leaseId: string; readonly attempt: string },
  was: Lease | null,
): Promise<void> {
  const row = await readRow(trx, lease);
  if (!row || row.state === 'ended' || row.attempt !== attempt) return;
  const isRow = { system: lease.system, target: lease.target, lease_id: lease.leaseId };
  if (was === null) {
    await trx
      .deleteFrom('leases')
      .where((one) => one.and(isRow))
      .execute();
    return;
  }
  const before = { until: toStoredInstant(was.until), asked_by: was.by, digest: was.digest, state: was.state };
  await trx
    .updateTable('leases')
    .set(before)
    .where((one) => one.and(isRow))
    .execute();
}

async function end(
  trx: Transaction<Tables>,
  { system, target, leaseId, now }: Place & { leaseId: string | null; now: string },
): Promise<{ wasBegun: boolean }> {
  const ended = leaseId ?? (await readActive(trx, { system, target }))?.leaseId;
  if (ended === undefined) return { wasBegun: false };
  const known = await readRow(trx, { system, target, leaseId: ended });
  const at = toStoredInstant(now);
  const unknown = { until: at, asked_by: '', digest: '', attempt: NEVER_BEGUN, begun_at: at, place: 0 };
  await trx
    .insertInto('leases')
    .values({ system, target, lease_id: ended, state: 'ended', ...unknown })
    .onConflict((conflict) => conflict.columns(['system', 'target', 'lease_id']).doUpdateSet({ state: 'ended' }))
    .execute();
  return { wasBegun: known !== undefined && known.attempt !== NEVER_BEGUN };
}

async function readRow(
  db: Kysely<Tables>,
  { system, target, leaseId }: Place & { leaseId: string },
): Promise<LeaseRow | undefined> {
  return db
    .selectFrom('leases')
    .selectAll()
    .where('system', '=', system)
    .where('target', '=', target)
    .where('lease_id', '=', leaseId)
    .executeTakeFirst();
}

async function readActive(db: Kysely<Tables>, { system, target }: Place): Promise<Lease | null> {
  const row = await db
    .selectFrom('leases')
    .selectAll()
    .where('system', '=', system)
    .where('target', '=', target)
    .where('state', '!=', 'ended')
    .executeTakeFirst();
  return row ? toLease(row) : null;
}

function toLease(row: LeaseRow): Lease {
  return {
    system: row.system,
    target: row.target,
    leaseId: row.lease_id,
    until: row.until,
    by: row.asked_by,
    digest: row.digest,
    state: row.state === 'held' ? 'held' : 'beginning',
    begunAt: row.begun_at,
    place: row.place,
  };
}
