import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '#src/log.ts';
import { openStore, type Store, type StorePlace } from '#store/open-store.ts';
import { StoreUnavailable } from '#store/store-unavailable.ts';

const PAUSE_MS = 1_000;

/**
 * Opens the store as soon as it answers. Null when SocBot was asked to stop before that. A process that starts before
 * its database has nothing else below it that would wait.
 */
export async function awaitStore(
  place: StorePlace,
  { log, asked }: { readonly log: Log; readonly asked: Promise<unknown> },
): Promise<Store | null> {
  const stopping = new AbortController();
  void asked.then(() => stopping.abort());
  while (!stopping.signal.aborted) {
    try {
      return await openStore(place);
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      log.warn({ err: error }, 'the store does not answer; trying again');
      await delay(PAUSE_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }
  return null;
}
