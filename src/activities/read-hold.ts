import { observableKey, type Observable, parseObservableKey } from '#domain/observable.ts';
import type { Held, Responder, ResponderProfile } from '#domain/responder.ts';
import type { Lease, Leases } from '#store/leases.ts';
import { currentSignal } from './current-signal.ts';

/** Systems round ends to whole seconds, and count the rest of the time on their own clock. */
const ROUNDING_MS = 10_000;

/** Whether an end that a system tells is the one that it was given; a system that knows no end holds it until told. */
export function isAbout(told: string | null, given: string): boolean {
  return told === null || Math.abs(Date.parse(told) - Date.parse(given)) <= ROUNDING_MS;
}

/**
 * What a system holds of a target: read from the system, and completed from the containment index where the system does
 * not tell whose it is or until when. What the index alone claims is not held.
 */
export async function readHold(
  { profile, responder }: { readonly profile: ResponderProfile; readonly responder: Responder },
  target: Observable,
  leases: Pick<Leases, 'get'>,
): Promise<Held | null> {
  const lease = await leases.get({ system: profile.id, target: observableKey(target) });
  // Of a system that cannot be read, the index knows all that anybody knows.
  if (profile.isBlind) return lease && heldOf(lease);
  const found = await responder.readBack(target, currentSignal());
  return found && completed(found, lease, profile);
}

/** A hold as the containment index has it; null where its target cannot be read. */
export function heldOf({ system, target, until, by, leaseId }: Lease): Held | null {
  const observable = parseObservableKey(target);
  return observable && { system, target: observable, until, by, leaseId };
}

/** A hold as the system tells it, with what the index knows of the same lease. */
export function completed(
  found: Held,
  lease: { readonly leaseId: string; readonly until: string; readonly by: string } | null,
  { isPlainList }: Pick<ResponderProfile, 'isPlainList'>,
): Held {
  const isOurs = lease !== null && (isPlainList || found.leaseId === lease.leaseId);
  if (!isOurs) return found;
  const until = isAbout(found.until, lease.until) ? lease.until : found.until;
  return { ...found, leaseId: lease.leaseId, until, by: lease.by };
}
