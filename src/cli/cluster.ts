import { loadCluster } from '#config/load-cluster.ts';
import { responderConnectors, sourceConnectors } from '#connectors/registry.ts';
import { createStartWatch } from '#src/process/start-watch.ts';
import { prepareCluster } from '#temporal/prepare-cluster.ts';
import { SEARCH_ATTRIBUTES } from '#workflows/search-attributes.ts';

export type ClusterSetUp = {
  readonly print: (line: string) => void;
  /** Told once what is waited for, if it takes long. */
  readonly warn: (line: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly warnAfterMs?: number;
  readonly giveUpAfterMs?: number;
};

const WARN_AFTER_MS = 5_000;

/**
 * `socbot cluster`: makes the configured Temporal cluster ready for bot and workers; again does no harm. Throws in words
 * when the cluster does not answer.
 */
export async function runClusterSetUp(setUp: ClusterSetUp): Promise<void> {
  const { print, warn, env, warnAfterMs = WARN_AFTER_MS, giveUpAfterMs } = setUp;
  const cluster = loadCluster({
    env,
    cwd: process.cwd(),
    connectors: sourceConnectors,
    responders: responderConnectors,
  });
  const watch = createStartWatch(warn, warnAfterMs);
  try {
    const preparing = prepareCluster(cluster.connectionOptions(), cluster.namespace, SEARCH_ATTRIBUTES, giveUpAfterMs);
    watch.watch(`Temporal at ${cluster.address}`, preparing);
    await preparing;
  } finally {
    watch.end();
  }
  const names = Object.keys(SEARCH_ATTRIBUTES).join(', ');
  print(`The namespace ${cluster.namespace} at ${cluster.address} is ready, with the search attributes ${names}.`);
}
