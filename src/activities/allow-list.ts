import { ALLOW_LIST } from '#domain/containment.ts';
import { OBSERVABLE_KINDS, observableKey } from '#domain/observable.ts';
import type { Responder } from '#domain/responder.ts';
import type { Leases } from '#store/leases.ts';
import { heldOf } from './read-hold.ts';

/** SocBot's own list of what nobody may block, as a system like the others. */
export const allowListProfile = {
  id: ALLOW_LIST,
  title: 'allow list',
  kinds: OBSERVABLE_KINDS.filter((kind) => kind !== 'host' && kind !== 'email'),
} as const;

/** The containment index is the list: what is written down there as held is what every act is checked against. */
export function createAllowList(leases: Pick<Leases, 'get' | 'list'>): Responder {
  return {
    contain: async () => Promise.resolve({ isDone: true }),
    release: async () => Promise.resolve({ isDone: true }),
    readBack: async (target) => {
      const lease = await leases.get({ system: ALLOW_LIST, target: observableKey(target) });
      return lease?.state === 'held' ? heldOf(lease) : null;
    },
    list: async () => {
      const held = await leases.list(ALLOW_LIST);
      return held.filter(({ state }) => state === 'held').flatMap((lease) => heldOf(lease) ?? []);
    },
  };
}
