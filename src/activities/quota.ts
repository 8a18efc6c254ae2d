import type { Store } from '#store/open-store.ts';
import { toFailure } from './failure.ts';

/** The activity that gives up the places of a request that was cancelled while it waited for a quota. */
export function createQuotaActivities(lookups: Store['lookups']) {
  return {
    'quota.leave': async (requestId: string): Promise<void> => {
      try {
        await lookups.withdraw(requestId);
      } catch (error) {
        throw toFailure(error);
      }
    },
  };
}
