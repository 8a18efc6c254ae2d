import { createBusyGauge } from '#bot/busy-gauge.ts';
import type { BotDeps } from '#bot/deps.ts';
import { createDesk } from '#bot/desk.ts';
import type { Config } from '#config/config.ts';
import { keyBytesOf } from '#config/signing-key.ts';
import { profileOf } from '#connectors/connector.ts';
import type { Log } from '#src/log.ts';
import type { Store } from '#store/open-store.ts';
import type { Engine } from './engine.ts';
import { createJudge } from './guard.ts';
import { peopleOf } from './people.ts';
import { responderProfilesOf } from './responders.ts';

/** What the built-in engine answers within a few seconds on two cores, as measured by `npm run bench`. */
const EMBEDDED_IN_TEN_SECONDS = 150;

/** What the bot's features need, made from the configuration. */
export function botDepsOf({
  config,
  reload,
  engine,
  store,
  log,
}: {
  config: Config;
  reload: () => Config;
  engine: Engine;
  store: Store;
  log: Log;
}): BotDeps {
  return {
    desk: createDesk(engine.client),
    audit: store.audit,
    marks: store.marks,
    secondFactors: store.secondFactors(buttonKeysOf(config)),
    log,
    people: peopleOf({ config, reload, store, log }),
    accounts: store.accounts,
    access: { people: config.people, groups: new Set(config.groups.map((group) => group.id)) },
    sources: config.sources.map(({ connector, settings }) => profileOf(connector, settings)),
    leases: store.leases,
    responders: responderProfilesOf(config),
    judge: createJudge(config),
    hosts: config.hosts,
    guard: { own: config.ownNetworks, allowDocumentationRanges: config.allowDocumentationRanges },
    keys: buttonKeysOf(config),
    busy: createBusyGauge(config.temporal ? null : EMBEDDED_IN_TEN_SECONDS),
    settings: {
      ...config.policy,
      firstCardMs: config.lookUp.firstCardMs,
      markings: config.markings.default,
      telegramMaxTlp: config.markings.telegramMaxTlp,
    },
    now: () => new Date().toISOString(),
  };
}

/** The keys that sign and check buttons, the signing one first. */
export function buttonKeysOf(config: Config): readonly Uint8Array[] {
  return [keyBytesOf(config.signingKey)];
}
