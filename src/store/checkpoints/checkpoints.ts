import type { Database } from '../database.ts';
import { toStoredInstant } from '../instant.ts';
import type { AuditKey, AuditVerifier } from './audit-key.ts';
import { takeCheckpoint, type Taking } from './take.ts';
import { type AuditCheck, verifyAudit } from './verify.ts';

/**
 * Signed checkpoints of the audit. Each says what all records up to it were; given to witnesses outside, it shows what the
 * chain alone cannot: that the newest records were cut off, or all were rewritten.
 */
export type Checkpoints = {
  /** Signs all that was recorded since the last one. `now` is ISO 8601. */
  readonly take: (key: AuditKey, now: string) => Promise<Taking>;
  /** Remembers that the audit chat has the checkpoint of so many records. */
  readonly markTold: (size: number, now: string) => Promise<void>;
  /** Checks chain and checkpoints against each other, and against a witness's copy of one if given. */
  readonly verify: (verifier: AuditVerifier, copy: string | null) => Promise<AuditCheck>;
};

/** Creates the checkpoints over an open database. */
export function createCheckpoints(database: Database): Checkpoints {
  return {
    take: async (key, now) => takeCheckpoint(database, key, now),
    markTold: async (size, now) => {
      const told = { told_at: toStoredInstant(now) };
      await database.query(async (db) => db.updateTable('checkpoints').set(told).where('size', '=', size).execute());
    },
    verify: async (verifier, copy) => verifyAudit(database, verifier, copy),
  };
}
