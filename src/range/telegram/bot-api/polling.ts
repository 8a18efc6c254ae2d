import type { World } from '../world/world.ts';
import { type CallInput, integerOf, jsonOf, textOf } from './call-input.ts';
import { ApiRefusal } from './refusal.ts';

/** `LONG_POLL_MAX_TIMEOUT` in tdlib/telegram-bot-api, in seconds. */
const MAX_TIMEOUT_S = 50;

/** An update that arrives wakes the poll after this long, so that its neighbours come along; from the same source. */
const WAIT_FOR_MORE_MS = 1;

export type Polling = {
  /** Answers `getUpdates` with a JSON array. `signal` says that the caller hung up. */
  poll(input: CallInput, signal: AbortSignal): Promise<string>;
};

type Waiting = { readonly limit: number; readonly settle: (answer: string | ApiRefusal) => void };

type Repeat = { offset: number; startedAtMs: number };

/**
 * `getUpdates` as Telegram does it: an offset confirms everything before it, an empty queue makes the call wait, and of
 * two that wait the older is refused. With `slowsRepeats`, a poll that repeats an offset at once is held back and cut
 * to one update, as `process_get_updates_query` does.
 */
export function createPolling(world: World, slowsRepeats: boolean): Polling {
  let waiting: Waiting | null = null;
  let wake: NodeJS.Timeout | null = null;
  const last: Repeat = { offset: Number.NaN, startedAtMs: 0 };

  const answerWaiting = (): void => {
    wake = null;
    const answer = waiting && world.updates.read(waiting.limit);
    if (waiting && answer !== null) waiting.settle(answer);
  };
  world.updates.onAdded(() => {
    if (waiting) wake ??= setTimeout(answerWaiting, WAIT_FOR_MORE_MS);
  });

  async function waitForUpdates(limit: number, timeoutS: number, signal: AbortSignal): Promise<string> {
    waiting?.settle(
      new ApiRefusal(
        409,
        'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
      ),
    );
    const { promise, resolve } = Promise.withResolvers<string | ApiRefusal>();
    const own = { limit, settle: resolve };
    waiting = own;
    const giveUp = (): void => resolve('[]');
    const timer = setTimeout(giveUp, timeoutS * 1000);
    signal.addEventListener('abort', giveUp, { once: true });
    const answer = await promise;
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
    if (waiting === own) waiting = null;
    if (answer instanceof ApiRefusal) throw answer;
    return answer;
  }

  return {
    async poll(input, signal) {
      allowKinds(world, input);
      const offset = integerOf(input, 'offset');
      const asked = textOf(input, 'limit') === '' ? 100 : integerOf(input, 'limit');
      const pace = slowsRepeats ? paceOf(last, offset) : { minTimeoutS: 0, maxLimit: 100 };
      const limit = Math.min(Math.max(asked, 1), pace.maxLimit);
      const timeoutS = Math.min(Math.max(integerOf(input, 'timeout'), pace.minTimeoutS), MAX_TIMEOUT_S);
      world.updates.confirm(offset);
      const ready = world.updates.read(limit);
      if (ready !== null || timeoutS === 0) return ready ?? '[]';
      return waitForUpdates(limit, timeoutS, signal);
    },
  };
}

function paceOf(last: Repeat, offset: number): { readonly minTimeoutS: number; readonly maxLimit: number } {
  const now = performance.now();
  const sinceMs = last.offset === offset ? now - last.startedAtMs : Number.POSITIVE_INFINITY;
  last.offset = offset;
  last.startedAtMs = now;
  return { minTimeoutS: sinceMs < 3000 ? 3 : 0, maxLimit: sinceMs < 500 ? 1 : 100 };
}

function allowKinds(world: World, input: CallInput): void {
  const kinds = jsonOf(input, 'allowed_updates', 'allowed updates');
  if (!Array.isArray(kinds)) return;
  world.updates.allow(kinds.filter((kind) => typeof kind === 'string').map((kind) => kind.toLowerCase()));
}
