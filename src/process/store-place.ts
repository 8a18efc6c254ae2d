import type { Config } from '#config/config.ts';
import { storeFileIn } from '#config/store-file.ts';
import type { StorePlace } from '#store/open-store.ts';

/** Where the store of a configuration is: PostgreSQL, or a file in the data directory. */
export function storePlaceOf({ databaseUrl, dataDir }: Config): StorePlace {
  return databaseUrl ? { databaseUrl: databaseUrl.reveal() } : { file: storeFileIn(dataDir) };
}
