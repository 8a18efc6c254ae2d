import { Connection, isGrpcServiceError, isRetryableError, makeGrpcRetryInterceptor } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import type { ClientConnectConfig } from '@temporalio/envconfig';
import { keepHistoriesFor, registerSearchAttributes, type SearchAttributeTable } from './prepare-namespace.ts';

/** Of https://grpc.io/docs/guides/status-codes/. */
const INVALID_ARGUMENT = 3;
const NOT_FOUND = 5;
const ALREADY_EXISTS = 6;

const RETENTION_DAYS = 7;
const CONNECT_TIMEOUT = '2 minutes';
const PAUSE_MS = 500;
const ATTEMPTS = 120;

/**
 * Makes a namespace of a cluster ready for workers: it is there, keeps what has ended for a week or longer, and knows the
 * search attributes. Waits for a cluster that is still coming up. May be repeated at any time, also by several at once.
 */
export async function prepareCluster(
  options: ClientConnectConfig['connectionOptions'],
  namespace: string,
  table: SearchAttributeTable,
): Promise<void> {
  const connection = await Connection.connect({
    ...options,
    connectTimeout: CONNECT_TIMEOUT,
    interceptors: [makeGrpcRetryInterceptor({ delayFunction: () => PAUSE_MS, retryableDecider: isWorthWaiting })],
  });
  try {
    await createNamespace(connection, namespace);
    await keepHistoriesFor(connection, namespace, RETENTION_DAYS);
    await registerSearchAttributes(connection, namespace, table);
    await awaitSearchAttributes(connection, namespace, Object.keys(table));
  } finally {
    await connection.close();
  }
}

/** Every service of a cluster reads namespaces and search attributes anew only every few seconds; until then it denies them. */
function isWorthWaiting(attempt: number, status: Parameters<typeof isRetryableError>[0]): boolean {
  const code: number = status.code;
  const isNotReadYet = code === NOT_FOUND || code === INVALID_ARGUMENT;
  return attempt < ATTEMPTS && (isNotReadYet || isRetryableError(status));
}

async function createNamespace(connection: Connection, namespace: string): Promise<void> {
  const workflowExecutionRetentionPeriod = msToTs(RETENTION_DAYS * 86_400_000);
  try {
    await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod });
  } catch (error) {
    const code: number | null = isGrpcServiceError(error) ? error.code : null;
    if (code !== ALREADY_EXISTS) throw error;
  }
}

/** A request that uses an attribute before the server knows it is refused, so the work may begin only after this. */
async function awaitSearchAttributes(
  connection: Connection,
  namespace: string,
  names: readonly string[],
): Promise<void> {
  const query = names.map((name) => `${name} is null`).join(' and ');
  await connection.workflowService.countWorkflowExecutions({ namespace, query });
}
