import { faultOfOtherIndicator } from '#connectors/faults.ts';
import type { ContainmentAnswer, Hold } from '#domain/responder.ts';
import { visibleText } from '#domain/visible-text.ts';
import { aimAt, checkedScenario, findBans } from './aim.ts';
import { alertOf } from './alert.ts';
import { isExactly, longestFirst, ORIGIN } from './bans.ts';
import type { CrowdSecClient } from './client.ts';
import { afterActing, endEach } from './end.ts';

/** Two ends that are no further apart are one end: CrowdSec tells what is left in whole seconds, and answers take time. */
const SLACK_MS = 5000;
const LONGEST_REASON = 120;

const refuse = (why: string): ContainmentAnswer => ({ isDone: false, why });

/**
 * CrowdSec takes the same decision any number of times, so what is there is read first. A longer one is put beside the one
 * before, which goes afterwards: bouncers miss neither the new end nor a moment of the block.
 */
export async function contain(client: CrowdSecClient, hold: Hold, signal: AbortSignal): Promise<ContainmentAnswer> {
  const aim = aimAt(hold.target);
  const { network, filter } = aim;
  const scenario = checkedScenario(hold.leaseId);
  const until = Date.parse(hold.until);
  if (!(until > Date.now())) return refuse('its end has passed');
  const ours = (await findBans(client, aim, { origin: ORIGIN, signal })).filter(
    (ban) => ban.leaseId !== null && isExactly(ban, network),
  );
  const other = ours.find(({ leaseId }) => leaseId !== hold.leaseId);
  if (other) return refuse(`another block by ${other.by ?? 'somebody'} holds it`);
  const [longest, ...shorter] = longestFirst(ours);
  if (longest !== undefined && longest.endsAt > until + SLACK_MS)
    return refuse('CrowdSec holds it for longer, and cannot make that shorter');
  if (longest !== undefined && longest.endsAt >= until - SLACK_MS) {
    await endEach(client, shorter, signal);
    return { isDone: true };
  }
  // CrowdSec itself looks at its allowlists only where an alert brings no decision.
  const allowed = await client.allowlistEntry(filter.value, signal);
  if (allowed !== null)
    return refuse(`an allowlist of CrowdSec’s keeps it off: ${visibleText(allowed, LONGEST_REASON)}`);
  const ids = await client.addAlert(alertOf(hold, { scenario, scope: filter.scopes, now: Date.now() }), signal);
  if (ids.length === 0) return refuse('CrowdSec took it and stored nothing');
  if (ids.length > 1) throw faultOfOtherIndicator('crowdsec');
  await afterActing(endEach(client, ours, signal));
  return { isDone: true };
}
