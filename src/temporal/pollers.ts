import type { Client } from '@temporalio/client';

/** A long poll takes up to a minute, and the server remembers a poller for five: whoever is silent longer is gone. */
const POLLED_WITHIN_MS = 90_000;

/** `temporal.api.enums.v1.TaskQueueType`, which the client does not export. Every worker of ours takes activities. */
const ACTIVITY = 2;

/**
 * The identities of the workers that poll a task queue, as the server sees them. `now` is ISO 8601. Throws when the
 * server does not answer within `timeoutMs`.
 */
export async function readPollers(
  client: Client,
  taskQueue: string,
  { now, timeoutMs }: { readonly now: string; readonly timeoutMs: number },
): Promise<readonly string[]> {
  const { namespace } = client.options;
  const ask = async () =>
    // oxlint-disable-next-line typescript/no-unsafe-enum-assignment
    client.workflowService.describeTaskQueue({ namespace, taskQueue: { name: taskQueue }, taskQueueType: ACTIVITY });
  const { pollers } = await client.connection.withDeadline(Date.now() + timeoutMs, ask);
  const recent = (pollers ?? []).filter(({ lastAccessTime }) => {
    const seenAt = Number(lastAccessTime?.seconds ?? 0) * 1000;
    return Date.parse(now) - seenAt < POLLED_WITHIN_MS;
  });
  return [...new Set(recent.flatMap(({ identity }) => identity ?? []))];
}
