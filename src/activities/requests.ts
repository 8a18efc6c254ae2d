import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import type { RequestsCard } from '#domain/card.ts';
import { refOf } from '#domain/ids.ts';
import { SocPhase } from '#workflows/search-attributes.ts';
import { toMemo } from './memo.ts';

/** Lists requests by a filter over search attributes, the newest first. The index may lag by a moment. */
export async function readRequests(client: Client, query: string, most: number): Promise<RequestsCard['requests']> {
  const found: RequestsCard['requests'][number][] = [];
  for await (const execution of client.workflow.list({ query, pageSize: most })) {
    const memo = toMemo(execution.memo);
    if (!memo) continue;
    found.push({
      id: execution.workflowId,
      ref: refOf(execution.workflowId),
      title: memo.title,
      phase: phaseOf(execution),
      by: memo.ask.by.name,
      startedAt: execution.startTime.toISOString(),
    });
    if (found.length === most) break;
  }
  return found;
}

/** Where a request stands. An answer has no phase of its own: it has been given, or it is on its way. */
function phaseOf({ status, typedSearchAttributes }: WorkflowExecutionInfo): string {
  const phase = typedSearchAttributes.get(SocPhase);
  if (status.name === 'RUNNING') return phase ?? 'running';
  return status.name === 'COMPLETED' ? (phase ?? 'answered') : status.name.toLowerCase();
}
