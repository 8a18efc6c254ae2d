import {
  type Client,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import type { Press, PressOutcome } from '#domain/press.ts';
import { press, pressLater } from '#workflows/messages.ts';
import { callEngine } from './engine-call.ts';
import { EngineUnavailable } from './engine-unavailable.ts';

/** A press must be answered, be it with "I keep trying", within five seconds: people press again after that. */
const UPDATE_DEADLINE_MS = 2_500;
const SIGNAL_DEADLINE_MS = 2_500;

/** How a press ended: with an answer, stored for later, on a request that has ended, or that takes no more of them. */
export type PressResult =
  | PressOutcome
  | { readonly kind: 'later' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'full' };

/**
 * Hands a press to its request: as an update, which answers; where no worker does in time, as a signal, which the
 * server keeps. The update may still arrive afterwards: both carry the press's id, and it counts once.
 */
export async function pressRequest(
  client: Client,
  requestId: string,
  heard: Press,
  updateMs = UPDATE_DEADLINE_MS,
): Promise<PressResult> {
  const handle = client.workflow.getHandle(requestId);
  try {
    return await callEngine(client, updateMs, async () =>
      handle.executeUpdate(press, { updateId: heard.pressId, args: [heard] }),
    );
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return { kind: 'closed' };
    if (error instanceof WorkflowUpdateFailedError || isRefusal(error)) return { kind: 'full' };
    const isUnanswered =
      error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || error instanceof EngineUnavailable;
    if (!isUnanswered) throw error;
  }
  try {
    await callEngine(client, SIGNAL_DEADLINE_MS, async () => handle.signal(pressLater, heard));
    return { kind: 'later' };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return { kind: 'closed' };
    if (isRefusal(error)) return { kind: 'full' };
    throw error;
  }
}

/** `INVALID_ARGUMENT` and `FAILED_PRECONDITION`: no use in offering it again (https://grpc.io/docs/guides/status-codes/). */
function isRefusal(error: unknown): boolean {
  return error instanceof EngineUnavailable && [3, 9].includes(error.code);
}
