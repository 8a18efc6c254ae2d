import type { Config } from '#config/config.ts';
import { buttonKeysOf } from '#src/process/bot-deps.ts';
import { respondersOf } from '#src/process/responders.ts';
import { storePlaceOf } from '#src/process/store-place.ts';
import { openWarningLists } from '#src/warning-lists/open.ts';
import { openStore, type Store } from '#store/open-store.ts';
import { examineEngine } from './engine.ts';
import type { Finding } from './finding.ts';
import { examinePeople } from './people.ts';
import { examineResponder, examineSource } from './systems.ts';
import { examineTelegram } from './telegram.ts';

/** Calls everything that is configured, read-only, and gives what was found in the order of what depends on what. */
export async function examine(config: Config): Promise<readonly Finding[]> {
  const [telegram, engine, withStore] = await Promise.all([
    examineTelegram(config),
    examineEngine(config),
    examineStore(config),
  ]);
  const sources = await Promise.all(config.sources.map(examineSource));
  return [...telegram, engine, ...withStore, ...sources, examineLists()];
}

async function examineStore(config: Config): Promise<readonly Finding[]> {
  const place = config.databaseUrl ? 'PostgreSQL' : config.dataDir;
  let store: Store | null = null;
  try {
    store = await openStore(storePlaceOf(config));
    const responders = respondersOf(config, store, () => new Date().toISOString());
    return [
      { state: 'well', what: 'Store', says: place },
      ...(await examinePeople(config, store.secondFactors(buttonKeysOf(config)))),
      ...(responders.length === 0 ? [NO_RESPONDER] : await Promise.all(responders.map(examineResponder))),
    ];
  } catch (error) {
    const says = error instanceof Error ? error.message : 'cannot be opened';
    return [
      { state: 'ill', what: 'Store', says, todo: 'Check DATABASE_URL, or the data directory and who may write there.' },
    ];
  } finally {
    await store?.close();
  }
}

const NO_RESPONDER: Finding = {
  state: 'doubtful',
  what: 'Containment',
  says: 'no system that enforces is switched on: nothing can be blocked',
  todo: 'Set BLOCK_FEED_LISTEN, or one of the systems in .env.example.',
};

function examineLists(): Finding {
  const { date } = openWarningLists();
  return { state: 'well', what: 'Warning lists', says: `of ${date.slice(0, 10)}` };
}
