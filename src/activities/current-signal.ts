import { Context } from '@temporalio/activity';

/** Aborts when the activity that runs now is no longer wanted; never, outside of one. */
export function currentSignal(): AbortSignal {
  try {
    return Context.current().cancellationSignal;
  } catch {
    return new AbortController().signal;
  }
}
