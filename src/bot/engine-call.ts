import { type Client, isGrpcServiceError, WorkflowNotFoundError } from '@temporalio/client';
import { EngineUnavailable } from './engine-unavailable.ts';

/** Calls the engine with a deadline in milliseconds. Throws EngineUnavailable where the connection is at fault. */
export async function callEngine<Result>(
  client: Client,
  deadlineMs: number,
  run: () => Promise<Result>,
): Promise<Result> {
  try {
    return await client.withDeadline(Date.now() + deadlineMs, run);
  } catch (error) {
    const root = rootOf(error);
    throw isGrpcServiceError(root) ? new EngineUnavailable(root.details.slice(0, 200), root.code) : error;
  }
}

/** The SDK wraps what the connection said. */
function rootOf(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? error.cause : error;
}

/** What the engine says of a workflow; null where it is gone, or has ended. */
export async function nullIfGone<Result>(read: () => Promise<Result>): Promise<Result | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}
