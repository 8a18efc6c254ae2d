import type { Config } from '#config/config.ts';
import type { Log } from '#src/log.ts';
import { findTemporalBinary } from '#temporal/binary.ts';
import { createProgressPrinter } from '#temporal/progress.ts';
import { type SupervisedServer, superviseDevServer } from '#temporal/supervised-server.ts';
import { SEARCH_ATTRIBUTES } from '#workflows/search-attributes.ts';
import { startUiCodec } from './ui-codec.ts';

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
  const { temporal: port, ui: uiPort } = config.ports;
  const codec = await startUiCodec(config);
  const server = await superviseDevServer({
    binary,
    dataDir: config.dataDir,
    signal,
    searchAttributes: SEARCH_ATTRIBUTES,
    log: { info: (message) => log.info(message), warn: (message) => log.warn(message) },
    ...(codec ? { codecEndpoint: codec.url } : {}),
    ...(port === undefined ? {} : { port }),
    ...(uiPort === undefined ? {} : { uiPort }),
  });
  // The server looks for other ports when its own are taken; whoever set them relies on them.
  for (const [setting, wanted, url] of [
    ['SOCBOT_TEMPORAL_PORT', port, `http://${server.address}`],
    ['SOCBOT_TEMPORAL_UI_PORT', uiPort, server.uiUrl],
  ] as const) {
    if (wanted === undefined || new URL(url).port === String(wanted)) continue;
    await server.stop();
    throw new Error(`${setting}: port ${wanted} is taken; free it, name another, or take the setting out`);
  }
  codec?.allow(server.uiUrl);
  return { ...server, stop: async () => void (await Promise.all([server.stop(), codec?.close()])) };
}
