import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { RequestMemo } from '#workflows/messages.ts';

/** What a request wrote down about itself when it was started; null where it is gone, or none of ours. */
export async function readMemo(client: Client, requestId: string): Promise<RequestMemo | null> {
  try {
    const { memo } = await client.workflow.getHandle(requestId).describe();
    return toMemo(memo);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}

/** Reads a memo as ours if it has our shape: only the bot writes one, with everything in it. */
export function toMemo(memo: Record<string, unknown> | undefined): RequestMemo | null {
  return memo && 'ask' in memo && 'title' in memo ? (memo as RequestMemo) : null;
}
