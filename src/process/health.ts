import { hostname } from 'node:os';
import { type Client, isGrpcServiceError } from '@temporalio/client';
import { MARKS } from '#store/mark-names.ts';
import type { Store } from '#store/open-store.ts';
import { readPollers } from '#temporal/pollers.ts';
import { TASK_QUEUE, TELEGRAM_TASK_QUEUE } from '#workflows/messages.ts';
import { SEARCH_ATTRIBUTES } from '#workflows/search-attributes.ts';
import { identityPrefixOf } from './identity.ts';

/** A half of SocBot that runs as a process of its own. */
export type Half = 'bot' | 'worker';

export type HealthDeps = {
  readonly client: Client;
  readonly store: Pick<Store, 'marks'>;
  /** ISO 8601. */
  readonly now: string;
  /** The machine or container whose process is asked about. */
  readonly host?: string;
  /** How long Temporal may take to answer; five seconds unless set. */
  readonly timeoutMs?: number;
};

/** Of https://grpc.io/docs/guides/status-codes/. */
const INVALID_ARGUMENT = 3;
const DEADLINE_EXCEEDED = 4;

/** A poll takes up to half a minute; three of them missed mean that nobody listens. */
const POLLED_WITHIN_MS = 90_000;

/**
 * Why a half of SocBot on this machine is not at work, null if it is. Asked from outside the process, of those it works
 * with: a process that runs and is stuck is not well. Throws StoreUnavailable.
 */
export async function objectionToHealth(half: Half, deps: HealthDeps): Promise<string | null> {
  try {
    await askForAttributes(deps);
    return (await objectionToPollers(half, deps)) ?? (half === 'bot' ? await objectionToListening(deps) : null);
  } catch (error) {
    const cause = error instanceof Error && isGrpcServiceError(error.cause) ? error.cause : error;
    if (!isGrpcServiceError(cause)) throw error;
    const code: number = cause.code;
    if (code === INVALID_ARGUMENT) return 'the namespace is not prepared: npm run socbot -- cluster';
    return code === DEADLINE_EXCEEDED
      ? 'Temporal does not answer in time'
      : `Temporal does not answer (${cause.details})`;
  }
}

/** A namespace that lacks one of them refuses every request. */
async function askForAttributes({ client, timeoutMs = 5_000 }: HealthDeps): Promise<void> {
  const query = Object.keys(SEARCH_ATTRIBUTES)
    .map((name) => `${name} is null`)
    .join(' and ');
  await client.withDeadline(Date.now() + timeoutMs, async () => client.workflow.count(query));
}

async function objectionToPollers(
  half: Half,
  { client, now, host = hostname(), timeoutMs = 5_000 }: HealthDeps,
): Promise<string | null> {
  const [part, queue] = half === 'bot' ? (['sender', TELEGRAM_TASK_QUEUE] as const) : (['worker', TASK_QUEUE] as const);
  const pollers = await readPollers(client, queue, { now, timeoutMs });
  const isPolling = pollers.some((identity) => identity.startsWith(identityPrefixOf(part, host)));
  return isPolling ? null : `no ${part} of ${host} has asked Temporal for work lately`;
}

async function objectionToListening({ store, now }: HealthDeps): Promise<string | null> {
  const poll = await store.marks.get(MARKS.lastPoll);
  if (!poll) return 'Telegram has not been polled yet';
  const ageMs = Date.parse(now) - Date.parse(poll.at);
  return ageMs > POLLED_WITHIN_MS ? `Telegram was polled last ${Math.round(ageMs / 1000)} s ago` : null;
}
