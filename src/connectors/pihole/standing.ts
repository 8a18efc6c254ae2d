import type { Hold } from '#domain/responder.ts';
import { utcMinute } from '#domain/utc-minute.ts';
import { visibleText } from '#domain/visible-text.ts';
import { DEFAULT_GROUP } from './client.ts';
import { composeComment, parseComment } from './comment.ts';
import type { Blocking, DomainEntry, Search } from './schema.ts';

/** What is to be done about a name so that a lease holds it. */
type Step =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'add' }
  | { readonly kind: 'replace'; readonly groups: readonly number[] }
  | { readonly kind: 'refuse'; readonly why: string };

/** The entry of the deny list for exactly this name. */
export function denialOf({ entries }: Search): DomainEntry | undefined {
  return entries.find(({ type, kind }) => type === 'deny' && kind === 'exact');
}

/** Whether an entry of the deny list blocks for everybody who is in no group of their own. */
export function isInForce({ enabled, groups }: DomainEntry): boolean {
  return enabled && groups.includes(DEFAULT_GROUP);
}

/** Whether an entry does anything for anybody. */
export function isAtWork({ enabled, groups }: Pick<DomainEntry, 'enabled' | 'groups'>): boolean {
  return enabled && groups.length > 0;
}

/** Why no entry of the deny list could block the name now; null if nothing stands in its way. */
export function obstacleTo({ entries }: Search, blocking: Blocking): string | null {
  if (blocking === 'disabled') return 'blocking is switched off on the Pi-hole: nothing is held there now';
  if (blocking !== 'enabled') return 'the Pi-hole does not say that it blocks anything now';
  const allowing = entries.find((entry) => entry.type === 'allow' && isAtWork(entry));
  return allowing ? `${nameOf(allowing)} wins over every denial` : null;
}

/** What else keeps the name blocked once its own entry is gone; null if nothing does. */
export function coverOf({ entries, subscribed }: Search): string | null {
  const regex = entries.find((entry) => entry.type === 'deny' && entry.kind === 'regex' && isAtWork(entry));
  if (regex) return `${nameOf(regex)} still covers it`;
  const isSubscribed = subscribed.some((list) => list.type !== 'allow' && isAtWork(list));
  return isSubscribed ? 'a list that the Pi-hole subscribes to still holds it' : null;
}

/**
 * What a hold asks for. What a person put there is left as it is, comment and all. A block of another lease stands until
 * its end; what is left of it afterwards is taken over.
 */
export function stepFor(hold: Hold, denial: DomainEntry | undefined, now: number): Step {
  if (!denial) return { kind: 'add' };
  const lease = parseComment(denial.comment);
  if (!lease) {
    if (isInForce(denial)) return { kind: 'nothing' };
    const why = `${nameOf(denial)} is a person's own, and is disabled or not in the default group`;
    return { kind: 'refuse', why };
  }
  if (lease.leaseId !== hold.leaseId && Date.parse(lease.until) > now) {
    return {
      kind: 'refuse',
      why: `another block by ${visibleText(lease.by, 40)} holds it until ${utcMinute(lease.until)}`,
    };
  }
  if (isInForce(denial) && denial.comment === composeComment(hold)) return { kind: 'nothing' };
  return { kind: 'replace', groups: [...new Set([...denial.groups, DEFAULT_GROUP])] };
}

/** Why an entry is not one lease's to remove; null if it is. */
export function objectionToRemoval(denial: DomainEntry, leaseId: string | null): string | null {
  const lease = parseComment(denial.comment);
  if (leaseId === null || lease?.leaseId === leaseId) return null;
  return lease
    ? `another block by ${visibleText(lease.by, 40)} holds it`
    : `${nameOf(denial)}, a person's own, holds it`;
}

/** An entry by its number: its text is for machines, and hostile where it is an expression. */
function nameOf({ id, type, kind }: DomainEntry): string {
  return `entry ${id} of the ${type} list (${kind})`;
}
