import type { Config } from './config.ts';
import type { CoreSettings } from './core-settings.ts';
import type { FileSettings } from './file-settings.ts';
import { toPeople } from './people.ts';
import { ConfigError } from './problem.ts';
import { limitsOf, rulesOf } from './rules.ts';
import { openSigningKey } from './signing-key.ts';

type FromFile = Pick<
  Config,
  'people' | 'groups' | 'auditChat' | 'ownNetworks' | 'ownDomains' | 'hosts' | 'policy' | 'lookUp' | 'markings'
>;
type FromCore = Omit<
  Config,
  keyof FromFile | 'settingsFile' | 'temporal' | 'sources' | 'off' | 'responders' | 'respondersOff'
>;

/** What the environment says. Makes the signing key if none is given; throws ConfigError if that fails. */
export function ofCore(core: CoreSettings, dataDir: string): FromCore {
  const { TELEGRAM_BOT_TOKEN: token, BLOCK_FEED_LISTEN: feed, BLOCK_FEED_TOKEN: feedToken } = core;
  const isRange = core.SOCBOT_RANGE || !token;
  return {
    mode: isRange ? 'range' : 'telegram',
    telegram: token ? { token, apiRoot: core.TELEGRAM_API_ROOT } : null,
    signingKey: core.SOCBOT_KEY ?? keyIn(dataDir),
    auditKey: core.SOCBOT_AUDIT_KEY ?? null,
    payloadKeys: [core.SOCBOT_PAYLOAD_KEY, core.SOCBOT_PAYLOAD_KEY_OLD].filter((key) => key !== undefined),
    dataDir,
    logLevel: core.SOCBOT_LOG_LEVEL,
    databaseUrl: core.DATABASE_URL ?? null,
    blockFeed: feed
      ? { ...feed, token: feedToken ?? null, allow: core.BLOCK_FEED_ALLOW ?? null, isDryRun: core.BLOCK_FEED_DRY_RUN }
      : null,
    isDryRun: core.SOCBOT_DRY_RUN,
    allowDocumentationRanges: core.SOCBOT_RANGE,
    ports: {
      ...given('page', core.SOCBOT_PAGE_PORT),
      ...given('ui', core.SOCBOT_TEMPORAL_UI_PORT),
      ...given('temporal', core.SOCBOT_TEMPORAL_PORT),
    },
    binary: { ...given('path', core.TEMPORAL_CLI), ...given('cacheDir', core.SOCBOT_CACHE) },
  };
}

/** What the settings file says. */
export function ofFile(settings: FileSettings): FromFile {
  const { people, groups, auditChat, ownNetworks, ownDomains, hosts, policy, lookUps, markings } = settings;
  return {
    people: toPeople(people),
    groups: Object.entries(groups).map(([name, id]) => ({ name, id })),
    auditChat: auditChat === undefined ? null : (groups[auditChat] ?? null),
    ownNetworks: [...new Set(ownNetworks)],
    ownDomains: [...new Set(ownDomains)],
    hosts: Object.entries(hosts).map(([name, { owner = null, ...host }]) => ({
      name: name.toLowerCase(),
      owner,
      ...host,
    })),
    policy: {
      rules: rulesOf(policy),
      limits: limitsOf(policy),
      defaultBlockMs: policy.defaultBlock,
      defaultIsolationMs: policy.defaultIsolation,
    },
    lookUp: { reuseMs: lookUps.reuse, firstCardMs: lookUps.firstCard },
    markings: { default: { tlp: markings.tlp, pap: markings.pap }, telegramMaxTlp: markings.telegramMaxTlp },
  };
}

function given<Name extends string, Value>(name: Name, value: Value | undefined): Partial<Record<Name, Value>> {
  return value === undefined ? {} : ({ [name]: value } as Record<Name, Value>);
}

function keyIn(dataDir: string) {
  try {
    return openSigningKey(dataDir);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'it holds no key of 32 bytes';
    const text = `the signing key cannot be read or made (${code}); give a data directory that SocBot may write, or SOCBOT_KEY`;
    throw new ConfigError([{ place: { file: `${dataDir}/signing.key` }, text }]);
  }
}
