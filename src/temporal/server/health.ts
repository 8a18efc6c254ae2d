import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { readNamespaceId } from '#temporal/server/database-file.ts';
import type { LaunchedServer } from '#temporal/server/launch.ts';
import type { ServerPorts } from '#temporal/server/ports.ts';

const INTERVAL_MS = 20;

/**
 * Waits until a launched server answers on both ports and serves the database it was given. Resolves to null then, or
 * to the reason why it never will: it ended, or `signal` said to wait no longer.
 */
export async function awaitHealthy(
  server: LaunchedServer,
  ports: ServerPorts,
  database: string,
  signal: AbortSignal,
): Promise<string | null> {
  const startedAt = Date.now();
  let objection = 'it was never asked';
  while (!signal.aborted) {
    if (server.hasExited()) return `it ${await server.exited}`;
    try {
      await checkListening(ports.port);
      await checkFrontend(ports.port, database);
      await checkUi(ports.uiPort);
      return null;
    } catch (error) {
      objection = error instanceof Error ? error.message : String(error);
    }
    await Promise.race([delay(INTERVAL_MS), server.exited]);
  }
  return `it did not answer within ${Date.now() - startedAt} ms: ${objection}`;
}

/** Throws unless something listens. Asked first, because a gRPC channel that was refused once sits out a second. */
async function checkListening(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
  } finally {
    socket.destroy();
  }
}

/** Throws unless the frontend serves our database: another Temporal may have taken the port a moment before ours. */
async function checkFrontend(port: number, database: string): Promise<void> {
  const connection = await Connection.connect({ address: `127.0.0.1:${port}`, connectTimeout: 1000 });
  try {
    const { namespaceInfo } = await connection.workflowService.describeNamespace({ namespace: 'default' });
    const served = namespaceInfo?.id?.replaceAll('-', '');
    if (served !== readNamespaceId(database, 'default')) throw new Error(`another Temporal answers on port ${port}`);
  } finally {
    await connection.close();
  }
}

async function checkUi(uiPort: number): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${uiPort}/`, { signal: AbortSignal.timeout(1000) });
  await answer.body?.cancel();
  if (!answer.ok) throw new Error(`the UI answers with ${answer.status}`);
}
