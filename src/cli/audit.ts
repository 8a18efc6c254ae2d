import { type AuditSources, demandAuditKey, readAuditConfig, withAuditStore } from './audit-store.ts';

type Print = (line: string) => void;

const EMPTY = 'The audit holds no record: nobody has asked for anything here, or all were removed.';

/**
 * `socbot audit`: walks the audit from its first record on, and prints how many there are and the hash of the last, which
 * is worth keeping elsewhere: a tail that was cut off shows in nothing else. Throws where a record does not fit, and
 * where there is none to check.
 */
export async function checkAudit(sources: AuditSources, print: Print): Promise<void> {
  const check = await withAuditStore(readAuditConfig(sources), async (store) => store.audit.verify());
  if (check.kind === 'broken') throw new Error(`The audit was tampered with: ${check.reason}`);
  if (check.count === 0) throw new Error(EMPTY);
  print(`${check.count} records, each follows the one before it; the last is ${check.head}`);
}

/**
 * `socbot audit verify`: the walk, the signature of every checkpoint, and that both tell the same. `copy` is a checkpoint
 * as a witness has it. Throws in words where anything does not fit.
 */
export async function verifyAudit(sources: AuditSources, copy: string | null, print: Print): Promise<void> {
  const config = readAuditConfig(sources);
  const key = demandAuditKey(config);
  const check = await withAuditStore(config, async (store) => store.checkpoints.verify(key, copy));
  if (check.kind === 'broken') throw new Error(check.reason);
  const { count, head, checkpoints, covered } = check;
  if (count === 0) throw new Error(EMPTY);
  print(`${count} records, each follows the one before it; the last is ${head}`);
  print(
    `${checkpoints} checkpoint${checkpoints === 1 ? '' : 's'}, all signed by ${key.origin}; the newest covers ${covered} of the records`,
  );
  if (copy !== null)
    print('The given checkpoint fits: the records that it covers are still those that it was signed over.');
  else
    print(
      'To find a cut-off tail or an audit that was rewritten, give a checkpoint from the audit chat: --against FILE',
    );
}

/** `socbot audit key`: prints the public key of the checkpoints, as tools that read signed notes take it. */
export function printAuditKey(sources: AuditSources, print: Print): void {
  print(demandAuditKey(readAuditConfig(sources)).publicText);
}
