import { randomUUID } from 'node:crypto';
import { Context } from '@temporalio/activity';

/** Aborts when the activity that runs now is no longer wanted; never, outside of one. */
export function currentSignal(): AbortSignal {
  try {
    return Context.current().cancellationSignal;
  } catch {
    return new AbortController().signal;
  }
}

/** The id of the workflow whose activity runs now; null outside of one. */
export function currentWorkflowId(): string | null {
  try {
    return Context.current().info.workflowExecution?.workflowId ?? null;
  } catch {
    return null;
  }
}

/** Names the activity that runs now, the same at each of its attempts; a new name outside of one. */
export function currentActivityId(): string {
  try {
    const { workflowExecution, activityId } = Context.current().info;
    return `${workflowExecution?.workflowId}/${workflowExecution?.runId}/${activityId}`;
  } catch {
    return randomUUID();
  }
}
