import { allowListProfile, createAllowList } from '#activities/allow-list.ts';
import type { RunningResponder } from '#activities/contain.ts';
import type { Config } from '#config/config.ts';
import { blockFeedProfile, createBlockFeedResponder } from '#connectors/block-feed/index.ts';
import { createHttp } from '#connectors/http.ts';
import { responderProfileOf } from '#connectors/responder-connector.ts';
import type { Responder, ResponderProfile } from '#domain/responder.ts';
import type { Store } from '#store/open-store.ts';

type FromConfig = Pick<Config, 'blockFeed' | 'responders' | 'isDryRun'>;

/** The systems that enforce, as far as cards and policies need to know them: SocBot's own lists first. */
export function responderProfilesOf({ blockFeed, responders, isDryRun }: FromConfig): readonly ResponderProfile[] {
  const vendors = responders.map(({ connector, isDryRun: isDry }) => responderProfileOf(connector, isDry || isDryRun));
  if (!blockFeed) return vendors.length === 0 ? [] : [allowProfile(isDryRun), ...vendors];
  const feed = responderProfileOf(blockFeedProfile, blockFeed.isDryRun || isDryRun);
  return [allowProfile(isDryRun), feed, ...vendors];
}

function allowProfile(isDryRun: boolean): ResponderProfile {
  return responderProfileOf(allowListProfile, isDryRun);
}

/** The systems that enforce, ready to be told. `now` is the present as ISO 8601. */
export function respondersOf(config: FromConfig, store: Store, now: () => string): readonly RunningResponder[] {
  const own = new Map<string, Responder>([
    [allowListProfile.id, createAllowList(store.leases)],
    [blockFeedProfile.id, createBlockFeedResponder(store.blockList, now)],
  ]);
  const vendors = new Map(
    config.responders.map(({ connector, settings }) => [connector.id, connector.create(settings, createHttp)]),
  );
  return responderProfilesOf(config).flatMap((profile) => {
    const responder = own.get(profile.id) ?? vendors.get(profile.id);
    return responder ? [{ profile, responder }] : [];
  });
}
