import { ApplicationFailure, ApplicationFailureCategory, TemporalFailure } from '@temporalio/common';
import { ConnectorError } from '#connectors/errors.ts';
import { isRetryable } from '#domain/fault.ts';
import { StoreUnavailable } from '#store/store-unavailable.ts';

/**
 * Turns a fault into what Temporal understands: retried where that can help, with the vendor's own patience; typed
 * `<connector>.<kind>`. `isFinal`: trying again would cost more than it is worth. The cause stays behind: histories are
 * kept, and a cause may hold a URL with a key in it.
 */
export function toFailure(error: unknown, isFinal: boolean = false): Error {
  if (error instanceof ConnectorError) {
    const { connector, kind, message, retryAfterMs } = error;
    return ApplicationFailure.create({
      type: `${connector}.${kind}`,
      message,
      nonRetryable: isFinal || !isRetryable(kind),
      ...(retryAfterMs === undefined ? {} : { nextRetryDelay: retryAfterMs }),
    });
  }
  if (error instanceof StoreUnavailable) {
    return ApplicationFailure.create({ type: 'store.unavailable', message: error.message });
  }
  if (error instanceof TemporalFailure || (error instanceof Error && error.name === 'AbortError')) return error;
  return unforeseen(error instanceof Error ? error : new Error('an unknown failure'));
}

/** A bug of ours, most likely: tried again, since a corrected build may come. Its words and its place, not its cause. */
function unforeseen({ name, message, stack }: Error): ApplicationFailure {
  const failure = ApplicationFailure.create({ type: name, message });
  if (stack !== undefined) failure.stack = stack;
  return failure;
}

/** "Not yet": tried again after so many milliseconds. Holds no slot, grows no history, and is no error. */
export function pending(type: string, message: string, retryAfterMs: number): ApplicationFailure {
  return ApplicationFailure.create({
    type,
    message,
    nextRetryDelay: retryAfterMs,
    category: ApplicationFailureCategory.BENIGN,
  });
}
