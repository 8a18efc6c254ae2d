import { type ConfigSources, loadConfig } from '#config/load.ts';
import { responderConnectors, sourceConnectors } from '#connectors/registry.ts';
import { storePlaceOf } from '#src/process/store-place.ts';
import { openStore } from '#store/open-store.ts';

type Sources = Pick<ConfigSources, 'env' | 'cwd' | 'dataDir'>;

/**
 * `socbot audit`: walks the audit from its first record on, and prints how many there are and the hash of the last, which
 * is worth keeping elsewhere: a tail that was cut off shows in nothing else. Throws where a record does not fit, and
 * where there is none to check.
 */
export async function checkAudit(sources: Sources, print: (line: string) => void): Promise<void> {
  const config = loadConfig({
    ...sources,
    connectors: sourceConnectors,
    responders: responderConnectors,
    isStoreThere: true,
  });
  const store = await openStore(storePlaceOf(config));
  const check = await store.audit.verify();
  await store.close();
  if (check.kind === 'broken') throw new Error(`The audit was tampered with: ${check.reason}`);
  if (check.count === 0)
    throw new Error('The audit holds no record: nobody has asked for anything here, or all were removed.');
  print(`${check.count} records, each follows the one before it; the last is ${check.head}`);
}
