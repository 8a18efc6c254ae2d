import type { Store } from '#store/open-store.ts';
import type { AuditNote } from '#workflows/proxies.ts';
import { toFailure } from './failure.ts';

/** The activity that keeps what happened without anybody's press. */
export function createAuditActivities(audit: Store['audit'], now: () => string) {
  return {
    'audit.note': async (note: AuditNote): Promise<void> => {
      try {
        await audit.append([{ ...note, at: now(), who: null, telegramId: null, chat: null }]);
      } catch (error) {
        throw toFailure(error);
      }
    },
  };
}
