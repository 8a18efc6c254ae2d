import { widerThan } from '#domain/covers.ts';
import { OBSERVABLE_KINDS, observableKey, type ObservableKind, parseObservableKey } from '#domain/observable.ts';
import type { Held, Responder } from '#domain/responder.ts';
import type { BlockList, ListedBlock } from './block-list.ts';

const BLOCK_FEED = 'block-feed';

/** What a list for firewalls and proxies can hold. */
const isListable = (kind: ObservableKind) => kind !== 'host' && kind !== 'email';

/** The feed as a system that enforces: what cards and policies know of it. */
export const blockFeedProfile = {
  id: BLOCK_FEED,
  title: 'block feed',
  kinds: OBSERVABLE_KINDS.filter(isListable),
} as const;

/**
 * Blocks by listing: firewalls poll the feed and drop what it names. A block is in force for a firewall from its next
 * poll on. `now` is the present as ISO 8601.
 */
export function createBlockFeedResponder(blockList: BlockList, now: () => string): Responder {
  const listed = async (): Promise<Held[]> => (await blockList.list()).flatMap((block) => toHeld(block) ?? []);
  return {
    async contain({ target, leaseId, until, by, digest }) {
      const answer = await blockList.put({ target: observableKey(target), leaseId, until, by, digest, now: now() });
      switch (answer.kind) {
        case 'held':
          return { isDone: true };
        case 'refused':
          return { isDone: false, why: `another block by ${answer.heldBy.by} holds it` };
        case 'ended':
          return { isDone: false, why: 'this block was lifted already' };
      }
    },
    async release({ target, leaseId }) {
      const key = observableKey(target);
      const holder = leaseId ?? (await blockList.get(key))?.leaseId;
      if (holder !== undefined) await blockList.remove({ target: key, leaseId: holder, now: now() });
      const wider = leaseId === null ? widerThan(target, await listed()) : undefined;
      return wider
        ? { isDone: false, why: `a block of ${wider.target.value} by ${wider.by ?? 'nobody knows'} still holds it` }
        : { isDone: true };
    },
    async readBack(target) {
      const block = await blockList.get(observableKey(target));
      return block && toHeld(block);
    },
    list: listed,
  };
}

function toHeld({ target, until, by, leaseId }: ListedBlock): Held | null {
  const observable = parseObservableKey(target);
  return observable && { system: BLOCK_FEED, target: observable, until, by, leaseId };
}
