import { loadConfig } from '#config/load.ts';
import type { Need } from '#config/requirements.ts';
import { secretsOf } from '#config/secrets.ts';
import { responderConnectors, sourceConnectors } from '#connectors/registry.ts';
import { createLog, type LogOptions } from '#src/log.ts';
import { awaitStore } from '#src/process/await-store.ts';
import { openEngine, enginePlaceOf, installRuntime } from '#src/process/engine.ts';
import { stopSignal } from '#src/process/stop-signal.ts';
import { storePlaceOf } from '#src/process/store-place.ts';
import { startWorkerSide } from '#src/process/worker-side.ts';

export type ProcessOptions = {
  readonly needs: readonly Need[];
  readonly logTo: LogOptions['destination'];
  readonly dataDir?: string;
};

/** `npm run worker`: a worker process of its own, beside a bot and others of its kind. Ends on a signal. */
export async function runWorker({ needs, logTo, dataDir }: ProcessOptions): Promise<void> {
  const cwd = process.cwd();
  const place = dataDir === undefined ? {} : { dataDir };
  const reload = () =>
    loadConfig({
      env: process.env,
      cwd,
      connectors: sourceConnectors,
      responders: responderConnectors,
      needs,
      ...place,
    });
  const config = reload();
  const log = createLog({ level: config.logLevel, destination: logTo, secrets: secretsOf(config) });
  installRuntime(log);
  const asked = stopSignal();
  const store = await awaitStore(storePlaceOf(config), { log, asked });
  if (!store) return;
  const engine = openEngine(enginePlaceOf(config, null));
  const worker = startWorkerSide({ config, reload, engine, store, log });
  const tellReady = (): void => {
    process.send?.('ready');
    log.info('worker ready');
  };
  void worker.started.then(tellReady);
  await asked;
  await worker.stop();
  await engine.close();
  await store.close();
  log.info('worker stopped');
}
