import type { Ask } from '#domain/ask.ts';
import type { Card } from '#domain/card.ts';
import { coveredBy } from '#domain/covers.ts';
import { defang } from '#domain/defang.ts';
import { type Observable, observableKey } from '#domain/observable.ts';
import type { Held } from '#domain/responder.ts';
import type { Lease } from '#store/leases.ts';
import type { Store } from '#store/open-store.ts';
import type { RunningResponder } from './contain.ts';
import { currentSignal } from './current-signal.ts';
import { completed, heldOf } from './read-hold.ts';

type Reading = { readonly system: string } & ({ readonly held: readonly Held[] } | { readonly why: string });

/**
 * What is enforced now: all systems are read, and what they do not tell of SocBot's own holds is taken from the containment
 * index. A system that cannot be read is named, never left out.
 */
export async function readHeld(
  query: string | null,
  ask: Ask,
  { responders, store }: { readonly responders: readonly RunningResponder[]; readonly store: Store },
): Promise<Card> {
  const leases = await store.leases.list();
  const readings = await Promise.all(responders.map(async (running) => readSystem(running, leases)));
  const held = readings.flatMap((reading) => ('held' in reading ? reading.held : []));
  const unread = readings.flatMap((reading) => ('why' in reading ? [reading] : []));
  const wanted = query?.toLowerCase() ?? '';
  const isWanted = ({ target }: Held) =>
    [target.value, defang(target)].some((text) => text.toLowerCase().includes(wanted)) || isAbout(wanted, target);
  const places = Object.fromEntries(leases.map(({ leaseId, target, place }) => [`${leaseId} ${target}`, place]));
  return { kind: 'held', ask, held: held.filter(isWanted), query, unread, places };
}

/** What a query means as an address, a network or a name is also held by what lies around it, and where it lies around. */
function isAbout(query: string, target: Observable): boolean {
  const value = query.replaceAll(/\[\.\]|\[:\]/g, (mark) => mark.charAt(1));
  const isName = /^[^/:@\s]+\.[^/:@\s]+$/.test(value);
  const meant: Observable[] = [{ kind: 'cidr', value }, ...(isName ? [{ kind: 'domain', value } as const] : [])];
  return meant.some((one) => coveredBy(one, [target]) !== undefined);
}

async function readSystem({ profile, responder }: RunningResponder, leases: readonly Lease[]): Promise<Reading> {
  const system = profile.id;
  const ours = leases.filter((lease) => lease.system === system);
  if (profile.isBlind) return { system, held: ours.flatMap((lease) => heldOf(lease) ?? []) };
  try {
    const held = await responder.list(currentSignal());
    const leaseOf = ({ target }: Held) => ours.find((lease) => lease.target === observableKey(target)) ?? null;
    return { system, held: held.map((one) => completed(one, leaseOf(one), profile)) };
  } catch (error) {
    return { system, why: error instanceof Error ? error.message : 'unknown' };
  }
}
