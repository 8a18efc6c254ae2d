import type { StakeFacts } from '#domain/stakes.ts';
import type { Leases } from './leases.ts';

const HOUR_MS = 3_600_000;

/** How much was contained in the last hour, by one requester and by all, and how many machines are isolated now. */
export async function readRecent(
  { requester, but, now }: { readonly requester: string; readonly but?: string; readonly now: string },
  leases: Leases,
): Promise<StakeFacts['recent']> {
  const since = new Date(Date.parse(now) - HOUR_MS).toISOString();
  const without = but === undefined ? {} : { but };
  const [byRequester, inAll, active] = await Promise.all([
    leases.countSince(since, { by: requester, ...without }),
    leases.countSince(since, without),
    leases.list(),
  ]);
  const isolated = active.filter(({ target, leaseId }) => target.startsWith('host:') && leaseId !== but);
  return { byRequester, inAll, isolated: new Set(isolated.map(({ target }) => target)).size };
}
