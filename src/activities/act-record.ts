import { type ActAnswer, approverNames, type LeaseAct, type Order, verbOf } from '#domain/containment.ts';
import { observableKey, type Observable } from '#domain/observable.ts';
import type { Held } from '#domain/responder.ts';
import type { AuditEntry } from '#store/audit-record.ts';
import { currentActivityId } from './current-signal.ts';

type Act = { readonly verb: string; readonly lease: LeaseAct; readonly at: string };

/** What the audit keeps of one act. Repeats of one act with one result are one record. */
export function actRecordOf(system: string, { answer, ...act }: Act & { readonly answer: ActAnswer }): AuditEntry {
  const { order, leaseId } = act.lease;
  const isOwed = act.verb !== verbOf(order.plan.action, system);
  const why = isOwed ? 'owed: its time is up, or it never surely began' : `approved by ${approversOf(order)}`;
  return recordOf(system, act, outcomeOf(answer), answer.isDone ? `${why}; lease ${leaseId}` : answer.why);
}

/** An act that ended without an answer: it may have had an effect. */
export function failedActRecordOf(system: string, { why, ...act }: Act & { readonly why: string }): AuditEntry {
  return recordOf(system, act, 'no answer', why);
}

/** What a system was seen to hold after an act, or before it. */
export function readBackRecordOf(
  system: string,
  { target, held, at }: { readonly target: Observable; readonly held: Held | null; readonly at: string },
): AuditEntry {
  return {
    at,
    who: null,
    telegramId: null,
    chat: null,
    request: held?.leaseId ?? null,
    action: `${system}.readBack`,
    target: target.value,
    outcome: held ? 'held' : 'not held',
    ...(held
      ? { detail: `until ${held.until ?? 'nobody knows when'}, lease ${held.leaseId ?? 'of somebody else'}` }
      : {}),
    key: `${system}.readBack/${observableKey(target)}/${currentActivityId()}`,
  };
}

function recordOf(system: string, { verb, lease, at }: Act, outcome: string, detail: string): AuditEntry {
  const { order, leaseId, target } = lease;
  const act = `${system}.${verb}/${observableKey(target)}/${order.until ?? ''}`;
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
    detail,
    key: `${order.requestId}/${leaseId}/${act}/${outcome}`,
  };
}

function approversOf(order: Order): string {
  const known = order.approvals.map(({ by: { name, telegramId } }) => `${name} (${telegramId})`).join(' and ');
  return known || approverNames(order);
}

function outcomeOf(answer: ActAnswer): string {
  if (!answer.isDone) return 'isUnknown' in answer ? 'unknown' : 'refused';
  if ('isRehearsal' in answer) return 'rehearsed';
  return 'isForeign' in answer ? 'held by another entry' : 'done';
}
