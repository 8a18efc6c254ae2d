import { Client, Connection } from '@temporalio/client';
import { loadConfig } from '#config/load.ts';
import { responderConnectors, sourceConnectors } from '#connectors/registry.ts';
import { type Half, objectionToHealth } from '#src/process/health.ts';
import { storePlaceOf } from '#src/process/store-place.ts';
import { openStore } from '#store/open-store.ts';

/** `socbot health`: for a container's health check. Throws with the reason when that half of SocBot is not at work. */
export async function checkHealth(half: string, print: (line: string) => void): Promise<void> {
  if (!isHalf(half)) throw new Error(`There is no half ${half}. There are: bot, worker`);
  const config = loadConfig({
    env: process.env,
    cwd: process.cwd(),
    connectors: sourceConnectors,
    responders: responderConnectors,
    needs: ['temporal', 'database'],
  });
  const { temporal } = config;
  if (!temporal) throw new Error('TEMPORAL_ADDRESS is missing');
  const connection = Connection.lazy(temporal.connectionOptions());
  const client = new Client({ connection, namespace: temporal.namespace });
  const store = await openStore(storePlaceOf(config));
  const objection = await objectionToHealth(half, { client, store, now: new Date().toISOString() });
  await Promise.all([connection.close(), store.close()]);
  if (objection !== null) throw new Error(`${half} is not healthy: ${objection}`);
  print(`${half} is healthy`);
}

function isHalf(text: string): text is Half {
  return text === 'bot' || text === 'worker';
}
