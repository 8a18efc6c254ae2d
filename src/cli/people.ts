import { mkdirSync } from 'node:fs';
import type { Config } from '#config/config.ts';
import { type ConfigSources, loadConfig } from '#config/load.ts';
import { responderConnectors, sourceConnectors } from '#connectors/registry.ts';
import type { Person } from '#domain/person.ts';
import { storePlaceOf } from '#src/process/store-place.ts';
import { openStore, type Store } from '#store/open-store.ts';

/** Reads the configuration for a command about people. */
export function readPeople(
  sources: Pick<ConfigSources, 'env' | 'cwd' | 'dataDir'>,
  { isStoreThere }: { readonly isStoreThere: boolean },
): Config {
  return loadConfig({ ...sources, connectors: sourceConnectors, responders: responderConnectors, isStoreThere });
}

/** Opens the store of a configuration, also before the first start; SocBot may run meanwhile. Whoever calls closes it. */
export async function openStoreOf(config: Config): Promise<Store> {
  if (!config.databaseUrl) mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  return openStore(storePlaceOf(config));
}

/** The person of that name in `socbot.yaml`; throws in words where there is none. */
export function personOf({ people }: Pick<Config, 'people'>, name: string | undefined): Person {
  const person = people.find((one) => one.name === name);
  if (person) return person;
  if (people.length === 0) throw new Error('There is nobody in socbot.yaml yet: write people, and their roles, there.');
  const asked = name === undefined ? 'Say whom' : `There is no ${name} in socbot.yaml`;
  throw new Error(`${asked}; there are ${people.map((one) => one.name).join(', ')}`);
}

/** Keeps a record of what an operator did on this machine. */
export async function recordAct(
  store: Pick<Store, 'audit'>,
  action: string,
  what: { readonly outcome: string; readonly detail: string },
): Promise<void> {
  const nobody = { who: null, telegramId: null, chat: null, request: null };
  await store.audit.append([{ at: new Date().toISOString(), ...nobody, action, ...what }]);
}
