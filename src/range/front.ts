import type { Config } from '#config/config.ts';
import type { Engine } from '#src/process/engine.ts';
import type { KeptWorker } from '#src/process/keep-working.ts';
import type { Store } from '#store/open-store.ts';
import { findFreePort, takeFixedPort } from '#temporal/free-port.ts';
import type { Authenticators } from './authenticators.ts';
import { createRangeControls } from './controls.ts';
import { startPageServer } from './page-server.ts';
import type { RangeWorld } from './range.ts';
import { createTelegramFaults } from './telegram-faults.ts';
import type { WorkerKeeper } from './worker-keeper.ts';

export type FrontOptions = {
  readonly world: RangeWorld;
  readonly authenticators: Authenticators;
  readonly worker: WorkerKeeper;
  readonly config: Config;
  readonly engine: Engine;
  readonly store: Store;
  readonly uiUrl: string;
  readonly feedUrl: string | null;
};

/** The chat page and, behind its plug, the worker process; it ends both. */
export type RangeFront = KeptWorker & { readonly pageUrl: string };

const PAGE_PORTS = [8470, 8471, 8472, 8473];

/** Serves the page, with the running worker's plug on it. */
export async function startRangeFront(options: FrontOptions): Promise<RangeFront> {
  const { world, authenticators, worker, config, engine, store, uiUrl, feedUrl } = options;
  const telegram = createTelegramFaults(world.telegram.userSide);
  const view = { client: engine.client, store, vendors: world.vendors, authenticators, telegram, uiUrl, feedUrl };
  const controls = createRangeControls({ ...view, worker: () => worker.view(), killWorker: () => worker.kill() });
  worker.onChange(() => controls.changed());
  const asked = config.ports.page;
  const port = asked === undefined ? await findFreePort(PAGE_PORTS) : await takeFixedPort('SOCBOT_PAGE_PORT', asked);
  const page = await startPageServer({ port, telegram: world.telegram, controls });
  return {
    pageUrl: page.url,
    started: worker.ready,
    stop: async () => {
      await Promise.all([worker.stop(), page.close()]);
    },
  };
}
