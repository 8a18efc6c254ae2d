import type { ActAnswer, LeaseAct } from '#domain/containment.ts';
import type { Observable } from '#domain/observable.ts';
import type { Held } from '#domain/responder.ts';

type Verb = 'contain' | 'release';
/** Takes the place of an act; `act` is what the wall would have done. */
type Fault = (act: () => ActAnswer, lease: LeaseAct) => Promise<ActAnswer> | ActAnswer;
type WallAct = { readonly verb: Verb; readonly lease: LeaseAct; readonly at: string };

/** A system that enforces, in memory, with a ledger of everything it was asked to do and faults by target. */
export function createFakeWall(system: string) {
  const held = new Map<string, Held>();
  const ledger: WallAct[] = [];
  const faults = new Map<string, Fault>();
  const unread = new Set<string>();
  const denied = new Set<string>();
  const atOnce = new Map<string, { now: number; most: number }>();

  const acts: Record<Verb, (lease: LeaseAct) => ActAnswer> = {
    contain: ({ order, leaseId, target }) => {
      held.set(target.value, { system, target, until: order.until, by: order.requester, leaseId });
      return { isDone: true };
    },
    release: ({ target }) => {
      held.delete(target.value);
      return { isDone: true };
    },
  };
  const act = (verb: Verb) => async (lease: LeaseAct) => {
    ledger.push({ verb, lease, at: new Date().toISOString() });
    const carryOut = () => acts[verb](lease);
    const fault = faults.get(`${verb} ${lease.target.value}`);
    const count = atOnce.get(lease.target.value) ?? { now: 0, most: 0 };
    atOnce.set(lease.target.value, count);
    count.now += 1;
    count.most = Math.max(count.most, count.now);
    try {
      return fault ? await fault(carryOut, lease) : carryOut();
    } finally {
      count.now -= 1;
    }
  };
  return {
    activities: {
      [`${system}.contain`]: act('contain'),
      [`${system}.release`]: act('release'),
      [`${system}.readBack`]: async (target: Observable) => {
        if (unread.has(target.value)) throw new Error('the list cannot be read');
        return denied.has(target.value) ? null : (held.get(target.value) ?? null);
      },
    },
    holds: (target: Observable): Held | null => held.get(target.value) ?? null,
    /** The verbs it was asked for about a target, repeats included. */
    askedTo: (target: Observable): readonly Verb[] => actsOn(target).map(({ verb }) => verb),
    actsOn,
    /** How many acts on a target were under way at the same moment, at most. */
    mostAtOnce: (target: Observable): number => atOnce.get(target.value)?.most ?? 0,
    /** Puts an entry there that is not SocBot's. */
    put: (target: Observable, until: string | null): void =>
      void held.set(target.value, { system, target, until, by: null, leaseId: null }),
    fail: (verb: Verb, target: Observable, fault: Fault): void => void faults.set(`${verb} ${target.value}`, fault),
    heal: (verb: Verb, target: Observable): void => void faults.delete(`${verb} ${target.value}`),
    /** Forgets a target, as a system does that is set up anew. */
    lose: (target: Observable): void => void held.delete(target.value),
    /** Does what it is asked to, and cannot be read. */
    stayUnread: (target: Observable, isUnread: boolean = true): void =>
      void (isUnread ? unread.add(target.value) : unread.delete(target.value)),
    /** Says yes to every act and does not list the target. */
    denyHolding: (target: Observable): void => void denied.add(target.value),
  };

  function actsOn(target: Observable): readonly WallAct[] {
    return ledger.filter(({ lease }) => lease.target.value === target.value);
  }
}

export type FakeWall = ReturnType<typeof createFakeWall>;
