import type { Client } from '@temporalio/client';
import type { ContainmentState, Freeze } from '#domain/containment-state.ts';
import { bringCard, containmentState, freeze, type Reader } from '#workflows/messages.ts';
import { callEngine, nullIfGone } from './engine-call.ts';

const READ_DEADLINE_MS = 4_000;
const WAITING = 'SocPhase="awaiting_approval" AND ExecutionStatus="Running"';

/** What the bot asks of containments that run. Throws EngineUnavailable when the engine cannot be reached. */
export function createContainmentDesk(client: Client) {
  return {
    /** The request that waits with the same wish, if there is one. */
    findWaiting: async (subject: string): Promise<string | null> => {
      const query = `SocSubject="${subject}" AND ${WAITING}`;
      const find = async () => Array.fromAsync(client.workflow.list({ query, pageSize: 1 }));
      const [found] = await callEngine(client, READ_DEADLINE_MS, find);
      return found?.workflowId ?? null;
    },

    /** A containment's state; null where no worker can tell it in a moment, and where it is gone. */
    containmentStateOf: async (requestId: string): Promise<ContainmentState | null> => {
      const query = async () => client.workflow.getHandle(requestId).query(containmentState);
      return callEngine(client, READ_DEADLINE_MS, query).catch(() => null);
    },

    /** Tells everything that waits that it is stopped, or goes on. One that has just ended needs no telling. */
    freezeWaiting: async (now: Freeze | null): Promise<number> => {
      const waiting = await callEngine(client, READ_DEADLINE_MS, async () =>
        Array.fromAsync(client.workflow.list({ query: WAITING })),
      );
      for (const { workflowId } of waiting) {
        const signal = async () => client.workflow.getHandle(workflowId).signal(freeze, now);
        await nullIfGone(async () => callEngine(client, READ_DEADLINE_MS, signal));
      }
      return waiting.length;
    },

    /** Brings somebody's card to the end of their chat. False where the request has ended. */
    bringCard: async (requestId: string, reader: Reader): Promise<boolean> => {
      const signal = async () => client.workflow.getHandle(requestId).signal(bringCard, reader);
      return (
        (await nullIfGone(async () => callEngine(client, READ_DEADLINE_MS, async () => signal().then(() => true)))) ??
        false
      );
    },
  };
}
