import type { Clock } from './clock.ts';

type QueuedUpdate = { readonly id: number; readonly expiresAtMs: number; readonly json: string };

export type UpdateQueueDump = {
  readonly pending: readonly QueuedUpdate[];
  readonly nextId: number;
  readonly allowed: readonly string[] | null;
};

/** What waits for the bot: in order, numbered without gaps, each with an end of life. */
export type UpdateQueue = {
  /** Adds an update of one kind unless the bot did not ask for that kind or its life is over already. */
  add(kind: string, payload: unknown, expiresAtMs: number): void;
  /** Forgets everything before `offset`; a negative one keeps only that many of the newest. */
  confirm(offset: number): void;
  /** The oldest living updates as a JSON array; as many as fit `limit` and Telegram's 4 MiB. Null when there are none. */
  read(limit: number): string | null;
  count(): number;
  clear(): void;
  /** The kinds from now on; an empty list means Telegram's default. */
  allow(kinds: readonly string[]): void;
  allowedKinds(): readonly string[] | null;
  /** The id that the next update gets; Telegram itself jumps after a week without updates. */
  jumpTo(nextId: number): void;
  /** Calls back after each added update. */
  onAdded(listener: () => void): void;
  dump(): UpdateQueueDump;
};

const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

/** Left out unless asked for. */
const NOT_BY_DEFAULT = new Set(['chat_member', 'message_reaction', 'message_reaction_count']);

/** An empty queue whose first update gets the id `firstId`, or one that goes on from a dump. */
export function createUpdateQueue(clock: Clock, firstId: number, dump?: UpdateQueueDump): UpdateQueue {
  let pending: readonly QueuedUpdate[] = dump?.pending ?? [];
  let fresh: QueuedUpdate[] = [];
  let nextId = dump?.nextId ?? firstId;
  let allowed: readonly string[] | null = dump?.allowed ?? null;
  const listeners: (() => void)[] = [];

  const isWanted = (kind: string): boolean => (allowed ? allowed.includes(kind) : !NOT_BY_DEFAULT.has(kind));

  function settle(): readonly QueuedUpdate[] {
    if (fresh.length > 0) {
      pending = [...pending, ...fresh];
      fresh = [];
    }
    const now = clock.nowMs();
    if (pending.some((update) => update.expiresAtMs <= now)) {
      pending = pending.filter((update) => update.expiresAtMs > now);
    }
    return pending;
  }

  return {
    add(kind, payload, expiresAtMs) {
      if (!isWanted(kind) || expiresAtMs <= clock.nowMs()) return;
      const id = nextId;
      nextId += 1;
      fresh.push({ id, expiresAtMs, json: JSON.stringify({ update_id: id, [kind]: payload }) });
      for (const listener of listeners) listener();
    },
    confirm(offset) {
      const living = settle();
      if (offset < 0) pending = living.slice(offset);
      else if (offset > 0 && offset <= nextId + 10) pending = living.filter((update) => update.id >= offset);
    },
    read(limit) {
      const batch: string[] = [];
      let bytes = 2;
      for (const update of settle().slice(0, limit)) {
        bytes += Buffer.byteLength(update.json, 'utf8') + 1;
        if (batch.length > 0 && bytes > MAX_ANSWER_BYTES) break;
        batch.push(update.json);
      }
      return batch.length === 0 ? null : `[${batch.join(',')}]`;
    },
    count: () => settle().length,
    clear() {
      settle();
      pending = [];
    },
    allow(kinds) {
      allowed = kinds.length === 0 ? null : [...kinds];
    },
    allowedKinds: () => allowed,
    jumpTo(id) {
      nextId = Math.max(id, nextId);
    },
    onAdded: (listener) => {
      listeners.push(listener);
    },
    dump: () => ({ pending: settle(), nextId, allowed }),
  };
}
