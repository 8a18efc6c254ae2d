import type { Client } from '@temporalio/client';

/** Everything that Temporal tells of every workflow, as text: histories and descriptions, payloads decoded. */
export async function readHistories(client: Client): Promise<readonly string[]> {
  const all = await Array.fromAsync(client.workflow.list());
  return Promise.all(
    all.map(async ({ workflowId, runId }) => {
      const handle = client.workflow.getHandle(workflowId, runId);
      const [history, { raw }] = await Promise.all([handle.fetchHistory(), handle.describe()]);
      return JSON.stringify([history, raw], decodeBytes);
    }),
  );
}

/** Payloads are bytes; ours are all JSON text. */
function decodeBytes(_: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (isBufferJson(value)) return Buffer.from(value.data).toString('utf8');
  return value;
}

/** What a Buffer has become before a replacer sees it. */
function isBufferJson(value: unknown): value is { readonly data: readonly number[] } {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer' && 'data' in value;
}
