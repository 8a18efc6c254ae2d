import type { Held, Responder } from '#domain/containment.ts';
import { OBSERVABLE_KINDS, observableKey, type Observable } from '#domain/observable.ts';
import type { BlockList, ListedBlock } from './block-list.ts';

export const BLOCK_FEED = 'block-feed';

/**
 * Blocks by listing: firewalls poll the feed and drop what it names. A block is in force for a firewall from its next
 * poll on. `now` is the present as ISO 8601.
 */
export function createBlockFeedResponder(blockList: BlockList, now: () => string): Responder {
  return {
    async contain({ order, leaseId }) {
      const { plan, until, requester, digest } = order;
      if (until === null) return { isDone: false, why: 'the feed holds nothing without an end' };
      const block = { target: observableKey(plan.target), leaseId, until, by: requester, digest, now: now() };
      const answer = await blockList.put(block);
      switch (answer.kind) {
        case 'held':
          return { isDone: true };
        case 'refused':
          return { isDone: false, why: `another block by ${answer.heldBy.by} holds it` };
        case 'ended':
          return { isDone: false, why: 'this block was lifted already' };
      }
    },
    async release({ order, leaseId }) {
      const target = observableKey(order.plan.target);
      const isByOrder = order.plan.action === 'unblock';
      const holder = isByOrder ? (await blockList.get(target))?.leaseId : undefined;
      await blockList.remove({ target, leaseId: holder ?? leaseId, now: now() });
      return { isDone: true };
    },
    async readBack(target) {
      const block = await blockList.get(observableKey(target));
      return block && toHeld(block);
    },
    async list() {
      const blocks = await blockList.list();
      return blocks.flatMap((block) => toHeld(block) ?? []);
    },
  };
}

function toHeld({ target, until, by, leaseId }: ListedBlock): Held | null {
  const observable = parseKey(target);
  return observable && { system: BLOCK_FEED, target: observable, until, by, leaseId };
}

/** Reads what `observableKey` wrote; null for anything else. */
export function parseKey(key: string): Observable | null {
  const at = key.indexOf(':');
  const kind = OBSERVABLE_KINDS.find((one) => one === key.slice(0, at));
  return kind && at < key.length - 1 ? { kind, value: key.slice(at + 1) } : null;
}
