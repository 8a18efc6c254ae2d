import type { ContainmentAnswer, Freeing } from '#domain/responder.ts';
import { type Aim, aimAt, checkedScenario, findBans } from './aim.ts';
import { type Ban, isCovering, isExactly, observableOf, ORIGIN } from './bans.ts';
import type { CrowdSecClient } from './client.ts';
import { afterActing, endEach } from './end.ts';

/**
 * Ends what one lease holds, whatever else holds the target; or, without a lease, every ban of exactly this target. By
 * filter and not by what was read: a decision whose alert was lost is in force, and no list of alerts shows it.
 */
export async function release(
  client: CrowdSecClient,
  { target, leaseId }: Freeing,
  signal: AbortSignal,
): Promise<ContainmentAnswer> {
  const aim = aimAt(target);
  const lease = leaseId === null ? {} : { origin: ORIGIN, scenario: checkedScenario(leaseId) };
  await client.endDecisions({ ...aim.filter, ...lease }, signal);
  return leaseId === null ? afterActing(endTheRest(client, aim, signal)) : { isDone: true };
}

/** Ends by id what has the same meaning in another spelling; says no where something still covers the target. */
async function endTheRest(client: CrowdSecClient, aim: Aim, signal: AbortSignal): Promise<ContainmentAnswer> {
  const left = await findBans(client, aim, { signal });
  const odd = left.filter((ban) => isExactly(ban, aim.network));
  await endEach(client, odd, signal);
  const stillLeft = odd.length === 0 ? left : await findBans(client, aim, { signal });
  const [first, ...more] = stillLeft.filter((ban) => isCovering(ban, aim.network));
  return first === undefined ? { isDone: true } : { isDone: false, why: whyOf(first, more.length) };
}

/** What still holds a target, in a few words. */
function whyOf({ network, by }: Ban, more: number): string {
  const others = more === 0 ? '' : `, and ${more} more`;
  return `a block of ${observableOf(network).value} by ${by ?? 'somebody'} still holds it${others}`;
}
