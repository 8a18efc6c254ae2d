import { loadConfig } from '#config/load.ts';
import { sourceConnectors } from '#connectors/registry.ts';
import { storePlaceOf } from '#src/process/store-place.ts';
import { openStore } from '#store/open-store.ts';

/**
 * `socbot audit`: walks the audit from its first record on, and prints how many there are and the hash of the last, which
 * is worth keeping elsewhere: a tail that was cut off shows in nothing else. Throws where a record does not fit.
 */
export async function checkAudit(dataDir: string | undefined, print: (line: string) => void): Promise<void> {
  const place = dataDir === undefined ? {} : { dataDir };
  const config = loadConfig({ env: process.env, cwd: process.cwd(), connectors: sourceConnectors, ...place });
  const store = await openStore(storePlaceOf(config));
  const check = await store.audit.verify();
  await store.close();
  if (check.kind === 'broken') throw new Error(`The audit was tampered with: ${check.reason}`);
  print(`${check.count} records, each follows the one before it; the last is ${check.head}`);
}
