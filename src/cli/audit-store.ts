import type { Config } from '#config/config.ts';
import { type ConfigSources, loadConfig } from '#config/load.ts';
import { responderConnectors, sourceConnectors } from '#connectors/registry.ts';
import { readAuditKeyOf } from '#src/process/audit-key.ts';
import { storePlaceOf } from '#src/process/store-place.ts';
import type { AuditKey } from '#store/checkpoints/audit-key.ts';
import { openStore, type Store } from '#store/open-store.ts';

/** Where the settings come from, and the data lie. */
export type AuditSources = Pick<ConfigSources, 'env' | 'cwd' | 'dataDir'>;

/** The settings of the SocBot whose audit is meant; makes no store. Throws where there is none. */
export function readAuditConfig(sources: AuditSources): Config {
  return loadConfig({ ...sources, connectors: sourceConnectors, responders: responderConnectors, isStoreThere: true });
}

/** Does something with the store of these settings, and closes it whatever comes of it. */
export async function withAuditStore<Result>(config: Config, use: (store: Store) => Promise<Result>): Promise<Result> {
  const store = await openStore(storePlaceOf(config));
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

/** The key that signs checkpoints; makes none: a new one would fit no checkpoint that there is. */
export function demandAuditKey(config: Config): AuditKey {
  const key = readAuditKeyOf(config);
  if (key !== null) return key;
  throw new Error(
    `${config.dataDir} holds no audit.key: it is made when the first checkpoint is signed. Without it only the chain can be checked: npm run socbot -- audit`,
  );
}
