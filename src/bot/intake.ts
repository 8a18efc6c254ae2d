import { setTimeout as delay } from 'node:timers/promises';
import { type Api, GrammyError, HttpError } from 'grammy';
import type { Update } from 'grammy/types';
import type { Log } from '#src/log.ts';
import { EngineUnavailable } from './engine-unavailable.ts';

export type IntakeDeps = {
  readonly api: Api;
  readonly log: Log;
  /** Accepts one update durably. Throws EngineUnavailable to have it offered again. */
  readonly accept: (update: Update) => Promise<void>;
  /** Told after each successful poll, before its updates are accepted. Throws like `accept`. */
  readonly onPoll: () => Promise<void>;
  /** Another program polls with our token. */
  readonly onConflict: () => Promise<void>;
  /** The engine is away: updates wait. Called for each of them every time they are offered in vain. */
  readonly onWaiting: (updates: readonly Update[]) => Promise<void>;
  /** The token is not valid: there is nothing to go on with. */
  readonly onUnauthorized: () => void;
};

/** Everything SocBot hears. Edited messages are not among it: editing a text into a command must do nothing. */
const ALLOWED_UPDATES = ['message', 'callback_query', 'my_chat_member'] as const;
/** Seconds; Telegram holds a poll at most 50. */
const POLL_SECONDS = 30;
const AT_ONCE = 16;
const FROM_THE_OLDEST = 0;
/** Waiting here is below the engine: this loop is what feeds it. */
const RETRY_MS = 1_000;
const CONFLICT_MS = 5_000;

/**
 * The intake loop: an update is confirmed to Telegram only after it has been accepted for good. What was accepted and
 * not yet confirmed comes again after a crash, and is a no-op then. grammY's own loop loses updates when a handler
 * throws and when it is stopped.
 */
export function startIntake(deps: IntakeDeps): { stop(): Promise<void>; readonly done: Promise<void> } {
  const stopping = new AbortController();
  const done = listen(deps, stopping.signal);
  return {
    done,
    stop: async () => {
      stopping.abort();
      await done;
    },
  };
}

async function listen(deps: IntakeDeps, signal: AbortSignal): Promise<void> {
  const { api, log } = deps;
  /** Fetched and not yet accepted, the oldest first; and those accepted out of order. */
  let waiting: Update[] = [];
  const accepted = new Set<number>();
  let offset = FROM_THE_OLDEST;
  /** The first poll after a gap is answered at once, so that `onPoll` hears of the gap before anybody has to write. */
  let isBack = true;
  while (!signal.aborted) {
    try {
      const timeout = isBack || waiting.length > 0 ? 0 : POLL_SECONDS;
      const updates = await api.getUpdates(
        { offset, limit: 100, timeout, allowed_updates: ALLOWED_UPDATES },
        signal as never,
      );
      isBack = false;
      const known = new Set(waiting.map((update) => update.update_id));
      waiting.push(...updates.filter(({ update_id: id }) => !known.has(id) && !accepted.has(id)));
      await deps.onPoll();
      const { left, why } = await acceptAll(waiting, accepted, deps);
      waiting = left;
      offset = nextOffset(updates, waiting);
      if (offset === FROM_THE_OLDEST) accepted.clear();
      for (const id of accepted) if (id < offset) accepted.delete(id);
      if (waiting.length > 0) await pause(deps, { waiting, why }, signal);
    } catch (error) {
      if (signal.aborted) break;
      isBack = true;
      if (error instanceof EngineUnavailable) await pause(deps, { waiting, why: error.why }, signal);
      else await waitOut(error, deps, signal);
    }
  }
  await confirm(api, offset).catch((error: unknown) =>
    log.warn({ err: error }, 'the last updates were not confirmed; they come again'),
  );
}

/** What could not be accepted now, and what was said of the reason. */
type Left = { readonly left: Update[]; readonly why: string };

/** What stops everything first; then presses: they live for seconds, messages for a day. */
async function acceptAll(updates: readonly Update[], accepted: Set<number>, deps: IntakeDeps): Promise<Left> {
  const queue = updates.toSorted((a, b) => rank(a) - rank(b) || a.update_id - b.update_id);
  const left: Update[] = [];
  const reasons = new Set<string>();
  for (let at = 0; at < queue.length; at += AT_ONCE) {
    const lines = Map.groupBy(queue.slice(at, at + AT_ONCE), lineOf);
    await Promise.all([...lines.values()].map(async (line) => acceptInTurn(line, { accepted, left, reasons, deps })));
  }
  return { left: left.toSorted((a, b) => a.update_id - b.update_id), why: [...reasons].join('; ') };
}

/** Messages of one person stand in one line, so that `/cancel` cannot overtake the `/block` before it; presses in none. */
function lineOf({ update_id: id, message }: Update): string {
  return message ? `person ${message.from?.id}` : `update ${id}`;
}

async function acceptInTurn(
  line: readonly Update[],
  { accepted, left, reasons, deps }: { accepted: Set<number>; left: Update[]; reasons: Set<string>; deps: IntakeDeps },
): Promise<void> {
  for (const update of line) {
    try {
      await deps.accept(update);
      accepted.add(update.update_id);
    } catch (error) {
      left.push(update);
      reasons.add(error instanceof EngineUnavailable ? error.why : 'a failure of its own');
    }
  }
}

function rank({ message, callback_query: press }: Update): number {
  if (message?.text?.startsWith('/freeze')) return 0;
  return press ? 1 : 2;
}

/**
 * Only a prefix can be confirmed: up to the first update that still waits. An empty answer has confirmed everything;
 * then no number is kept, since after a quiet week Telegram may start with a lower one.
 */
function nextOffset(updates: readonly Update[], waiting: readonly Update[]): number {
  const [first] = waiting;
  if (first) return first.update_id;
  const last = updates.at(-1);
  return last ? last.update_id + 1 : FROM_THE_OLDEST;
}

async function pause(
  deps: IntakeDeps,
  { waiting, why }: { readonly waiting: readonly Update[]; readonly why: string },
  signal: AbortSignal,
): Promise<void> {
  deps.log.warn({ waiting: waiting.length, why }, 'the engine does not answer; updates wait');
  await deps.onWaiting(waiting);
  await delay(RETRY_MS, undefined, { signal }).catch(() => undefined);
}

async function waitOut(fault: unknown, deps: IntakeDeps, signal: AbortSignal): Promise<void> {
  const code = fault instanceof GrammyError ? fault.error_code : undefined;
  if (code === 401) {
    deps.onUnauthorized();
    await delay(CONFLICT_MS, undefined, { signal }).catch(() => undefined);
    return;
  }
  if (code === 409) {
    deps.log.error('another program polls with our token: a second SocBot, or the token is stolen');
    await deps.onConflict();
  } else deps.log.warn({ why: reasonOf(fault) }, 'Telegram cannot be polled; trying again');
  const retryAfter = fault instanceof GrammyError ? (fault.parameters.retry_after ?? 0) * 1000 : 0;
  await delay(Math.max(code === 409 ? CONFLICT_MS : RETRY_MS, retryAfter), undefined, { signal }).catch(
    () => undefined,
  );
}

/** Short, since it is said every second: the system's code, else the words, out of which the log takes the token. */
function reasonOf(fault: unknown): string {
  const inner = fault instanceof HttpError ? fault.error : fault;
  if (!(inner instanceof Error)) return 'unknown';
  return 'code' in inner && typeof inner.code === 'string' ? inner.code : inner.message;
}

async function confirm(api: Api, offset: number): Promise<void> {
  if (offset > FROM_THE_OLDEST)
    await api.getUpdates({ offset, limit: 1, timeout: 0 }, AbortSignal.timeout(3_000) as never);
}
