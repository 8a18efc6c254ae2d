import { Connection, isGrpcServiceError, isRetryableError, makeGrpcRetryInterceptor } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import type { ClientConnectConfig } from '@temporalio/envconfig';
import { keepHistoriesFor, registerSearchAttributes, type SearchAttributeTable } from './prepare-namespace.ts';

/** Of https://grpc.io/docs/guides/status-codes/. */
const INVALID_ARGUMENT = 3;
const DEADLINE_EXCEEDED = 4;
const NOT_FOUND = 5;
const ALREADY_EXISTS = 6;
const UNAVAILABLE = 14;

const RETENTION_DAYS = 7;
const GIVE_UP_AFTER_MS = 60_000;
const PAUSE_MS = 500;
const ATTEMPTS = 120;

/**
 * Makes a namespace of a cluster ready for workers: it is there, keeps what has ended for a week or longer, and knows the
 * search attributes. Waits a minute for a cluster that is still coming up. May be repeated at any time, also by several at
 * once. Throws in words when no cluster answers.
 */
export async function prepareCluster(
  options: ClientConnectConfig['connectionOptions'],
  namespace: string,
  table: SearchAttributeTable,
  giveUpAfterMs = GIVE_UP_AFTER_MS,
): Promise<void> {
  const connection = Connection.lazy({
    ...options,
    connectTimeout: giveUpAfterMs,
    interceptors: [makeGrpcRetryInterceptor({ delayFunction: () => PAUSE_MS, retryableDecider: isWorthWaiting })],
  });
  try {
    await connect(connection);
    await createNamespace(connection, namespace);
    await keepHistoriesFor(connection, namespace, RETENTION_DAYS);
    await registerSearchAttributes(connection, namespace, table);
    await awaitSearchAttributes(connection, namespace, Object.keys(table));
  } finally {
    await connection.close();
  }
}

async function connect(connection: Connection): Promise<void> {
  try {
    await connection.ensureConnected();
  } catch (error) {
    const cause = error instanceof Error && isGrpcServiceError(error.cause) ? error.cause : null;
    const code: number | null = cause && cause.code;
    const isAnswer = code !== null && code !== DEADLINE_EXCEEDED && code !== UNAVAILABLE;
    const { address } = connection.options;
    if (isAnswer) throw new Error(`Temporal at ${address} refuses: ${cause?.details}`, { cause: error });
    throw new Error(`No Temporal answers at ${address}: check TEMPORAL_ADDRESS, and that the cluster runs`, {
      cause: error,
    });
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
