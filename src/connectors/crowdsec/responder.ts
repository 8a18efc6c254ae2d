import type { Responder } from '#domain/responder.ts';
import { aimAt, findBans } from './aim.ts';
import { type Ban, bansOf, heldOf, isExactly, longestFirst, ORIGIN, withoutShorter } from './bans.ts';
import type { CrowdSecClient } from './client.ts';
import { contain } from './contain.ts';
import { release } from './release.ts';

/** What CrowdSec downloads by the thousand and changes by itself: the community's blocklist and lists subscribed to. */
const DOWNLOADED = new Set(['CAPI', 'lists']);

/** CrowdSec as a responder: its firewalls, proxies and web servers ("bouncers") drop what its decisions name. */
export function createCrowdSecResponder(client: CrowdSecClient): Responder {
  return {
    contain: async (hold, signal) => contain(client, hold, signal),
    release: async (freeing, signal) => release(client, freeing, signal),
    readBack: async (target, signal) => {
      const aim = aimAt(target);
      const isTarget = (ban: Ban): boolean => isExactly(ban, aim.network);
      // The question about one origin first: the other brings the community's whole blocklist along.
      const ours = await findBans(client, aim, { origin: ORIGIN, signal });
      const own = ours.filter((ban) => isTarget(ban) && ban.leaseId !== null);
      const all = own.length > 0 ? own : await findBans(client, aim, { signal });
      const [longest] = longestFirst(all.filter(isTarget));
      return longest === undefined ? null : heldOf(longest);
    },
    list: async (signal) =>
      withoutShorter(bansOf(await client.findDecisions({}, signal), Date.now()))
        .filter(({ origin }) => !DOWNLOADED.has(origin))
        .map(heldOf),
  };
}
