import { setTimeout as delay } from 'node:timers/promises';
import type { Worker } from '@temporalio/worker';
import type { Log } from '#src/log.ts';

export type KeptWorker = {
  /** Resolves when the worker has started for the first time. */
  readonly started: Promise<void>;
  /** Lets running work end, then stops. */
  stop(): Promise<void>;
};

const PAUSE_MS = 1_000;

/**
 * Keeps a worker going: created again when it cannot be made or ends by itself. Below Temporal nobody else does this;
 * while the server is only away for a while, the worker waits by itself.
 */
export function keepWorking(create: () => Promise<Worker>, log: Log): KeptWorker {
  const stopping = new AbortController();
  const started = Promise.withResolvers<void>();
  let current: Worker | null = null;
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        current = await create();
        if (stopping.signal.aborted) return;
        started.resolve();
        await current.run();
      } catch (error) {
        log.warn({ err: error }, 'a worker cannot work; trying again');
      }
      current = null;
      await delay(PAUSE_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const running = run();
  return {
    started: started.promise,
    stop: async () => {
      stopping.abort();
      if (current?.getState() === 'RUNNING') current.shutdown();
      await running;
    },
  };
}
