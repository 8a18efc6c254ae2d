import { loadCluster } from '#config/load-cluster.ts';
import { sourceConnectors } from '#connectors/registry.ts';
import { prepareCluster } from '#temporal/prepare-cluster.ts';
import { SEARCH_ATTRIBUTES } from '#workflows/search-attributes.ts';

/** `socbot cluster`: makes the configured Temporal cluster ready for bot and workers; again does no harm. */
export async function runClusterSetUp(print: (line: string) => void): Promise<void> {
  const cluster = loadCluster({ env: process.env, cwd: process.cwd(), connectors: sourceConnectors });
  await prepareCluster(cluster.connectionOptions(), cluster.namespace, SEARCH_ATTRIBUTES);
  const names = Object.keys(SEARCH_ATTRIBUTES).join(', ');
  print(`The namespace ${cluster.namespace} at ${cluster.address} is ready, with the search attributes ${names}.`);
}
