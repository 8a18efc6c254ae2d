import { ALLOW_LIST } from '#domain/containment.ts';
import { type Observable, parseObservableKey } from '#domain/observable.ts';
import type { Leases } from './leases.ts';

/** What nobody may block for now, as SocBot's own allow list has it. */
export async function readAllowed(leases: Leases): Promise<readonly Observable[]> {
  const allowed = await leases.list(ALLOW_LIST);
  return allowed.flatMap(({ target }) => parseObservableKey(target) ?? []);
}
