import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CORE_PREFIXES } from '#config/core-settings.ts';
import { prefixOf } from '#config/sources.ts';
import { responderConnectors, sourceConnectors } from '#connectors/registry.ts';
import type { Simulator } from '#connectors/simulator.ts';
import { serveSimulator } from '#connectors/simulator.ts';
import { simulators } from '#connectors/simulators.ts';
import { findFreePort } from '#temporal/free-port.ts';
import { renderRangeSettings } from './settings.ts';
import { startTelegramSimulator, type TelegramSimulator } from './telegram/simulator.ts';

/** The simulated world, running on loopback, and the environment that points SocBot to it. */
export type RangeWorld = {
  readonly telegram: TelegramSimulator;
  readonly vendors: readonly Simulator[];
  readonly env: Readonly<Record<string, string | undefined>>;
  close(): Promise<void>;
};

/** Systems of a kind that the range has already: every block would go to too many places to be looked at. */
const NOT_IN_RANGE = ['opnsense', 'pihole', 'wazuh'];

const FEED_PORTS = [8480, 8481, 8482, 8483];

/**
 * Starts the simulated Telegram and every simulated vendor. What they hold lies in the data directory and is there
 * again after a restart. Settings of real services are left out: the range never talks to one.
 */
export async function startRangeWorld(
  dataDir: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<RangeWorld> {
  const dir = join(dataDir, 'range');
  mkdirSync(dir, { recursive: true });
  const settings = join(dir, 'socbot.yaml');
  writeFileSync(settings, renderRangeSettings());
  // In place of a `temporal.toml` that lies where SocBot is started: the range has a server of its own.
  const cluster = join(dir, 'temporal.toml');
  writeFileSync(cluster, '[profile.default]\n');
  const telegram = await startTelegramSimulator({ state: join(dir, 'telegram.json') });
  const vendors = await Promise.all(
    simulators
      .filter(({ name }) => !NOT_IN_RANGE.includes(name))
      .map(async (definition) => serveSimulator(definition, { stateFile: join(dir, `${definition.name}.json`) })),
  );
  const feedPort = await findFreePort(FEED_PORTS);
  return {
    telegram,
    vendors,
    env: {
      ...withoutServices(env),
      SOCBOT_RANGE: 'true',
      SOCBOT_DATA: dataDir,
      SOCBOT_SETTINGS: settings,
      TEMPORAL_CONFIG_FILE: cluster,
      TELEGRAM_BOT_TOKEN: telegram.token,
      TELEGRAM_API_ROOT: telegram.url,
      BLOCK_FEED_LISTEN: `127.0.0.1:${feedPort}`,
      ...Object.assign({}, ...vendors.map((vendor) => vendor.settings)),
    },
    close: async () => {
      await Promise.all([telegram.close(), ...vendors.map(async (vendor) => vendor.close())]);
    },
  };
}

/** The environment without anything that names a real service or its keys. */
function withoutServices(env: Readonly<Record<string, string | undefined>>) {
  const foreign = [
    'TEMPORAL_',
    ...CORE_PREFIXES.filter((prefix) => prefix !== 'SOCBOT_'),
    'DATABASE_',
    ...[...sourceConnectors, ...responderConnectors].map(prefixOf),
  ];
  const isForeign = (key: string) => key !== 'TEMPORAL_CLI' && foreign.some((prefix) => key.startsWith(prefix));
  return Object.fromEntries(Object.entries(env).filter(([key]) => !isForeign(key)));
}
