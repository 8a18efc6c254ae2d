import { observableKey, type Observable } from '#domain/observable.ts';
import type { Held, Hold, Responder, ResponderProfile } from '#domain/responder.ts';

/** Takes the place of a call; `carryOut` is what the system would have done. */
type Fault = (carryOut: () => void) => Promise<void>;

/**
 * A system that enforces, in memory: what it holds, and a ledger of every call that acts. Each call goes through the gate
 * of its name, where a test can fail it or hold it up.
 */
export function createFakeResponder(change: Partial<ResponderProfile> = {}) {
  const profile: ResponderProfile = {
    id: 'wall',
    title: 'wall',
    kinds: ['ipv4'],
    isPlainList: false,
    isBlind: false,
    isDryRun: false,
    ...change,
  };
  const held = new Map<string, Held>();
  const calls: string[] = [];
  const faults: Partial<Record<keyof Responder, Fault>> = {};
  let no: string | null = null;
  const run = async (what: keyof Responder, carryOut: () => void): Promise<void> => {
    const fault = faults[what];
    if (fault) await fault(carryOut);
    else carryOut();
  };
  const put = ({ target, until, by, leaseId }: Hold): void => {
    const told = profile.isPlainList ? { until: null, by: null, leaseId: null } : { until, by, leaseId };
    held.set(observableKey(target), { system: profile.id, target, ...told });
  };
  const responder: Responder = {
    async contain(hold) {
      calls.push('contain');
      if (no !== null) return { isDone: false, why: no };
      await run('contain', () => put(hold));
      return { isDone: true };
    },
    async release({ target, leaseId }) {
      calls.push('release');
      await run('release', () => {
        const entry = held.get(observableKey(target));
        const isElse = leaseId !== null && !profile.isPlainList && entry?.leaseId !== leaseId;
        if (!isElse) held.delete(observableKey(target));
      });
      return { isDone: true };
    },
    async readBack(target) {
      let found: Held | null = null;
      await run('readBack', () => {
        found = held.get(observableKey(target)) ?? null;
      });
      return found;
    },
    async list() {
      await run('list', () => undefined);
      return [...held.values()];
    },
  };
  return {
    profile,
    responder,
    /** The calls that act, in order. */
    calls,
    holds: (target: Observable): Held | null => held.get(observableKey(target)) ?? null,
    /** Somebody puts an entry there by hand. */
    putByHand: (target: Observable, rest: Partial<Held> = {}): void =>
      void held.set(observableKey(target), {
        system: profile.id,
        target,
        until: null,
        by: null,
        leaseId: null,
        ...rest,
      }),
    fail: (what: keyof Responder, fault: Fault): void => void (faults[what] = fault),
    heal: (what: keyof Responder): void => void delete faults[what],
    /** It answers every wish to hold with this no. */
    refuse: (why: string): void => void (no = why),
  };
}

export type FakeResponder = ReturnType<typeof createFakeResponder>;
