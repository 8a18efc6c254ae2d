import type { Client } from '@temporalio/client';
import { vi } from 'vitest';

/** `PENDING_ACTIVITY_STATE_STARTED` of Temporal's API (`temporal.api.enums.v1.PendingActivityState`). */
const STARTED = 2;

/**
 * Waits until nothing is being said to Telegram at this moment. A kill in between would leave a message of which nobody
 * knows whether it arrived, and SocBot would rightly repeat it.
 */
export async function waitUntilSilent(client: Client): Promise<void> {
  await vi.waitFor(
    async () => {
      const running = await Array.fromAsync(client.workflow.list({ query: 'ExecutionStatus="Running"' }));
      const described = await Promise.all(
        running.map(async ({ workflowId }) => client.workflow.getHandle(workflowId).describe()),
      );
      const pending = described.flatMap(({ raw }) => raw.pendingActivities ?? []);
      const speaking = pending.filter(
        ({ activityType, state }) => activityType?.name === 'telegram.show' && Number(state) === STARTED,
      );
      if (speaking.length > 0) throw new Error('something is still being said');
    },
    { timeout: 60_000, interval: 20 },
  );
}
