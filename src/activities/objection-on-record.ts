import type { Order } from '#domain/containment.ts';
import type { AuditEntry } from '#store/audit-record.ts';
import type { Store } from '#store/open-store.ts';

/** More than all the presses on one request; each person has fifty. */
const MOST_RECORDS = 1_000;
const ENDING = ['press deny', 'press withdraw'];

/**
 * What the bot has put on record against an order: it has to have heard the request; a press is sealed before the gate judges it, and one that counted for
 * nothing, or a no, moves nothing. A press that is not on record yet has just been made.
 */
export async function objectionOnRecord(
  { plan, requestId, requesterId, approvals }: Order,
  audit: Store['audit'],
): Promise<string | null> {
  const records = await audit.list({ request: requestId, limit: MOST_RECORDS });
  const isAsk = ({ action, outcome, telegramId }: AuditEntry) =>
    outcome === 'asked' && action === plan.action && telegramId === requesterId;
  if (!records.some(isAsk)) return `nobody is on record who asked for this ${plan.action}`;
  const isEnded = records.some(({ action, outcome }) => ENDING.includes(action) && outcome === 'recorded');
  if (isEnded) return `this ${plan.action} was denied or withdrawn`;
  const refused = records.filter(({ outcome }) => outcome !== 'recorded' && outcome !== 'later').map(({ key }) => key);
  return approvals.some(({ pressId }) => refused.includes(pressId)) ? 'nobody else has approved it' : null;
}
