import type { Config } from '#config/config.ts';
import type { Log } from '#src/log.ts';
import type { Engine } from '#src/process/engine.ts';
import type { KeptWorker } from '#src/process/keep-working.ts';
import type { Store } from '#store/open-store.ts';
import { findFreePort } from '#temporal/free-port.ts';
import { createRangeControls } from './controls.ts';
import { startPageServer } from './page-server.ts';
import type { RangeWorld } from './range.ts';
import { createTelegramFaults } from './telegram-faults.ts';
import { keepWorkerProcess } from './worker-keeper.ts';

export type FrontOptions = {
  readonly world: RangeWorld;
  readonly config: Config;
  readonly engine: Engine;
  readonly store: Store;
  readonly log: Log;
  readonly uiUrl: string;
  readonly feedUrl: string | null;
};

/** The chat page and, behind its plug, the worker process. */
export type RangeFront = KeptWorker & { readonly pageUrl: string };

const PAGE_PORTS = [8470, 8471, 8472, 8473];

/** Starts the worker as a process whose plug can be pulled, and serves the page. */
export async function startRangeFront(options: FrontOptions): Promise<RangeFront> {
  const { world, config, engine, store, log, uiUrl, feedUrl } = options;
  const address = config.temporal ? {} : { TEMPORAL_ADDRESS: engine.address };
  const telegram = createTelegramFaults(world.telegram.userSide);
  const view = { client: engine.client, store, vendors: world.vendors, telegram, uiUrl, feedUrl };
  const controls = createRangeControls({ ...view, worker: () => worker.view(), killWorker: () => worker.kill() });
  const worker = keepWorkerProcess({ ...world.env, ...address }, { log, onChange: () => controls.changed() });
  const port = await findFreePort(config.ports.page === undefined ? PAGE_PORTS : [config.ports.page]);
  const page = await startPageServer({ port, telegram: world.telegram, controls });
  return {
    pageUrl: page.url,
    started: worker.ready,
    stop: async () => {
      await Promise.all([worker.stop(), page.close()]);
    },
  };
}
