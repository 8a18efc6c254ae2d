import type { Client } from '@temporalio/client';
import { refOf } from '#domain/ids.ts';
import type { RequestMemo } from '#workflows/messages.ts';
import { readSteps } from './request-steps.ts';
import type { OpenRequest } from './view.ts';

const MOST_SHOWN = 6;

/** The newest requests and leases with their steps, as the engine remembers them. */
export async function listRequests(client: Client, uiUrl: string): Promise<OpenRequest[]> {
  const query = 'WorkflowType IN ("lookUp", "requestContainment", "holdLease")';
  const found: OpenRequest[] = [];
  for await (const execution of client.workflow.list({ query, pageSize: MOST_SHOWN })) {
    const memo = execution.memo as Partial<RequestMemo> | undefined;
    const { workflowId: id, runId, status, startTime } = execution;
    const isOpen = status.name === 'RUNNING';
    const isLease = execution.type === 'holdLease';
    const steps = await readSteps(client, { workflowId: id, runId });
    found.push({
      id,
      ref: isLease ? 'lease' : `#${refOf(id)}`,
      title: memo?.title ?? (isLease ? 'Lease of a block' : execution.type),
      by: memo?.ask?.by.name ?? 'SocBot',
      startedAt: startTime.toISOString(),
      state: isOpen
        ? steps.some((step) => step.state === 'running')
          ? 'running'
          : 'waiting'
        : status.name === 'COMPLETED'
          ? 'done'
          : 'failed',
      temporalUrl: `${uiUrl.replace(/\/$/, '')}/namespaces/${client.options.namespace}/workflows/${encodeURIComponent(id)}/${runId}/history`,
      steps,
    });
    if (found.length === MOST_SHOWN) break;
  }
  return found;
}
