import type { ActiveResponses, Rules } from './schema.ts';

/** What the manager has to be told by hand; see README.md. */
export type SetUp = { readonly list: string; readonly rule: string };

/**
 * Why holding an address would come to nothing, or could not be undone; null where all is well. `responses` are those in
 * force: the manager takes the end off one whose command knows no ends (`timeout_allowed`), and says so in its log only.
 */
export function objectionToSetUp({ list, rule }: SetUp, rules: Rules, responses: ActiveResponses): string | null {
  const found = rules.find(({ id, status }) => id === rule && status === 'enabled');
  if (!found) return `Wazuh has no rule ${rule} that is enabled`;
  const reads = found.lists.some(({ name, lookup }) => name === `etc/lists/${list}` && lookup === 'address_match_key');
  if (!reads) return `Wazuh’s rule ${rule} does not look addresses up in etc/lists/${list}`;
  const bound = responses.filter(({ rules: ids }) => ids.includes(rule));
  if (bound.length === 0) return `Wazuh has no active response for rule ${rule}`;
  const isForEver = bound.some(({ timeout }) => timeout === 0);
  return isForEver ? `an active response for Wazuh’s rule ${rule} has no timeout: it would never be undone` : null;
}
