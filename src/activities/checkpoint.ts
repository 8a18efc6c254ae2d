import type { NoteCard, Posted, Posting } from '#domain/card.ts';
import type { Log } from '#src/log.ts';
import type { AuditKey } from '#store/checkpoints/audit-key.ts';
import { MARKS } from '#store/mark-names.ts';
import type { Store } from '#store/open-store.ts';
import { toFailure } from './failure.ts';

export type CheckpointDeps = {
  readonly store: Pick<Store, 'checkpoints' | 'marks'>;
  /** Opens the signing key. */
  readonly auditKey: () => AuditKey;
  /** The group that is a witness; null where there is none. */
  readonly auditChat: number | null;
  readonly now: () => string;
  readonly log: Log;
};

/** The activities that sign checkpoints of the audit, and hand them to witnesses. */
export function createCheckpointActivities(deps: CheckpointDeps) {
  return {
    /** Signs what is new, writes it to the log, and gives what the audit chat has not had yet; null if that is nothing. */
    'audit.checkpoint': async (): Promise<Posting | null> => {
      try {
        return await take(deps);
      } catch (error) {
        throw toFailure(error);
      }
    },
    /** Remembers what the chat has been told, so that it is not told again. */
    'audit.told': async ({ card }: Posting, posted: Posted): Promise<void> => {
      const { store, log, now } = deps;
      try {
        if (posted.unreachable !== undefined)
          log.warn({ chat: posted.chat, why: posted.unreachable }, 'the audit chat cannot be written to');
        else if (card.kind === 'checkpoint') await store.checkpoints.markTold(card.size, now());
        else if (card.kind === 'note') await store.marks.set(MARKS.auditObjection, card.objection ?? '', now());
      } catch (error) {
        throw toFailure(error);
      }
    },
  };
}

async function take({ store, auditKey, auditChat, now, log }: CheckpointDeps): Promise<Posting | null> {
  const taking = await store.checkpoints.take(auditKey(), now());
  if (taking.kind === 'empty') return null;
  if (taking.kind === 'objection') {
    const { reason } = taking;
    log.error({ reason }, 'the audit does not fit what was signed before; nothing more is signed');
    const isTold = (await store.marks.get(MARKS.auditObjection))?.value === reason;
    return auditChat === null || isTold ? null : { to: auditChat, card: alarmOf(reason), isSilent: false };
  }
  const { size, note, isTold } = taking.checkpoint;
  if (taking.kind === 'taken') log.info({ checkpoint: note, size }, 'audit checkpoint');
  if (auditChat === null || isTold) return null;
  const [, , root = ''] = note.split('\n');
  return { to: auditChat, card: { kind: 'checkpoint', size, root, note }, isSilent: true };
}

function alarmOf(objection: string): NoteCard {
  const lines = ['No more checkpoints are signed. Keep a copy of the store, and run: npm run socbot -- audit verify'];
  return { kind: 'note', tone: 'error', title: 'The audit does not fit its checkpoints', objection, lines };
}
