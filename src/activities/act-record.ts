import { type ActAnswer, approverNames, type LeaseAct } from '#domain/containment.ts';
import type { AuditEntry } from '#store/audit-record.ts';

/** What the audit keeps of one act. Repeats of one act with one result are one record. */
export function actRecordOf(
  system: string,
  { verb, lease, answer, at }: { verb: string; lease: LeaseAct; answer: ActAnswer; at: string },
): AuditEntry {
  const { order, leaseId, target } = lease;
  const outcome = outcomeOf(answer);
  const by = order.approvals.map(({ by: { name, telegramId } }) => `${name} (${telegramId})`).join(' and ');
  return {
    at,
    who: order.requester,
    telegramId: order.requesterId,
    chat: null,
    request: order.requestId,
    action: `${system}.${verb}`,
    target: target.value,
    digest: order.digest,
    outcome,
    detail: answer.isDone ? `approved by ${by || approverNames(order)}; lease ${leaseId}` : answer.why,
    key: `${order.requestId}/${leaseId}/${system}.${verb}/${target.kind}:${target.value}/${order.until ?? ''}/${outcome}`,
  };
}

function outcomeOf(answer: ActAnswer): string {
  if (!answer.isDone) return 'isUnknown' in answer ? 'unknown' : 'refused';
  if ('isRehearsal' in answer) return 'rehearsed';
  return 'isForeign' in answer ? 'held by another entry' : 'done';
}
