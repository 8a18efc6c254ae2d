import { join } from 'node:path';
import type { Config } from '#config/config.ts';
import type { StorePlace } from '#store/open-store.ts';

/** Where the store of a configuration is: PostgreSQL, or a file in the data directory. */
export function storePlaceOf({ databaseUrl, dataDir }: Config): StorePlace {
  return databaseUrl ? { databaseUrl: databaseUrl.reveal() } : { file: join(dataDir, 'socbot.db') };
}
