import type { Config } from '#config/config.ts';
import type { Log } from '#src/log.ts';
import { findTemporalBinary } from '#temporal/binary.ts';
import { createProgressPrinter } from '#temporal/progress.ts';
import { type SupervisedServer, superviseDevServer } from '#temporal/supervised-server.ts';
import { SEARCH_ATTRIBUTES } from '#workflows/search-attributes.ts';

/** Finds Temporal's binary, fetched with a progress line if need be, and runs the server on the data directory. */
export async function startEmbeddedTemporal(config: Config, log: Log, signal: AbortSignal): Promise<SupervisedServer> {
  const progress = createProgressPrinter(process.stderr, 'Temporal');
  const env = { ...process.env, ...(config.binary.path === undefined ? {} : { TEMPORAL_CLI: config.binary.path }) };
  const binary = await findTemporalBinary({
    env,
    onProgress: progress.show,
    onNote: (note) => log.warn(note),
    ...(config.binary.cacheDir === undefined ? {} : { cacheDir: config.binary.cacheDir }),
  }).finally(progress.finish);
  return superviseDevServer({
    binary,
    dataDir: config.dataDir,
    signal,
    searchAttributes: SEARCH_ATTRIBUTES,
    log: { info: (message) => log.info(message), warn: (message) => log.warn(message) },
    ...(config.ports.temporal === undefined ? {} : { port: config.ports.temporal }),
    ...(config.ports.ui === undefined ? {} : { uiPort: config.ports.ui }),
  });
}
