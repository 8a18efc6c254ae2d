import type { Store } from '#store/open-store.ts';
import type { AuditNote } from '#workflows/proxies.ts';
import { currentWorkflowId } from './current-signal.ts';
import { toFailure } from './failure.ts';

/** The activity that keeps what happened without anybody's press. */
export function createAuditActivities(audit: Store['audit'], now: () => string) {
  return {
    'audit.note': async (note: AuditNote): Promise<void> => {
      try {
        // A workflow speaks for itself alone: none can take another's place in the record.
        if (note.request !== currentWorkflowId()) throw new RangeError('a note of another request');
        await audit.append([{ ...note, at: now(), who: null, telegramId: null, chat: null }]);
      } catch (error) {
        throw toFailure(error);
      }
    },
  };
}
