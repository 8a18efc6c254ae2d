import type { Client } from '@temporalio/client';
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
    const phase = execution.typedSearchAttributes.get(SocPhase) ?? 'running';
    found.push({
      ref: refOf(execution.workflowId),
      title: memo.title,
      phase:
        execution.status.name === 'RUNNING' || execution.status.name === 'COMPLETED'
          ? phase
          : execution.status.name.toLowerCase(),
      by: memo.ask.by.name,
      startedAt: execution.startTime.toISOString(),
    });
    if (found.length === most) break;
  }
  return found;
}
