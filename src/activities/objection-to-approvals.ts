import type { Order } from '#domain/containment.ts';
import { hasRole, type Person } from '#domain/person.ts';
import type { Rule } from '#domain/policy.ts';

/**
 * Why the approvals of an order do not suffice, by the rule and the list of people of this moment; null where they do. Who
 * asked and who approved are told apart by person: one person may have several accounts.
 */
export function objectionToApprovals(
  { plan, requesterId, requester, approvals, reason }: Order,
  rule: Rule,
  { people, onCall }: { readonly people: readonly Person[]; readonly onCall: string | null },
): string | null {
  const personOf = (telegramId: number) => people.find((person) => person.telegramIds.includes(telegramId));
  const asker = personOf(requesterId);
  if (!asker || !hasRole(asker, rule.ask)) return `${requester} may not ask for this any more`;
  if (rule.reason && reason === null) return `this ${plan.action} needs a reason`;
  const isAlone = approvals.some(({ by }) => personOf(by.telegramId)?.name === asker.name);
  if (isAlone && asker.name !== onCall) return 'nobody else has approved it';
  if (isAlone) return objectionToEmergency({ approvals, reason }, rule, asker);
  const names = new Set<string>();
  for (const { by, withCode } of approvals) {
    const person = personOf(by.telegramId);
    if (!person || !hasRole(person, rule.approve)) return `${by.name} may not approve this any more`;
    if (rule.code && withCode !== true) return `${by.name} approved without a code, and one is needed`;
    names.add(person.name);
  }
  if (names.size >= Math.max(rule.approvals, 1)) return null;
  return names.size === 0 ? 'nobody else has approved it' : 'more is at stake than when it was asked: ask again';
}

/** Somebody approved their own request: alone, where the policy allows it, with a code and a reason. */
function objectionToEmergency(
  { approvals, reason }: Pick<Order, 'approvals' | 'reason'>,
  rule: Rule,
  asker: Person,
): string | null {
  const [only] = approvals;
  if (!rule.emergency || approvals.length !== 1 || !hasRole(asker, rule.approve)) return 'nobody else has approved it';
  if (only?.withCode !== true) return 'an emergency needs a code';
  return reason === null ? 'an emergency needs a reason' : null;
}
