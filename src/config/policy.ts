import { CONTAINMENT_ACTIONS, type ContainmentAction } from '#domain/containment.ts';
import { renderDuration } from '#domain/duration.ts';
import { TLPS } from '#domain/marking.ts';
import { hasRole, type Person } from '#domain/person.ts';
import { type Rule, type Rules, type Tier, TIERS } from '#domain/policy.ts';
import type { FileSettings } from './file-settings.ts';
import type { Flaw } from './people.ts';
import { rulesOf } from './rules.ts';

/**
 * What the settings of a file make impossible together. `canContain` says whether there is anything to approve at all:
 * a team that only looks things up needs no approver.
 */
export function flawsInPolicy(settings: FileSettings, people: readonly Person[], canContain: boolean): readonly Flaw[] {
  const { policy, markings } = settings;
  const rules = rulesOf(policy);
  const flaws: Flaw[] = [];
  const longestMs = Math.max(rules.block.usual.longestMs, rules.block.high.longestMs);
  if (policy.defaultBlock > longestMs) {
    const text = `is longer than a block may last; write ${renderDuration(longestMs)} or less`;
    flaws.push({ path: ['policy', 'defaultBlock'], text });
  }
  const longestIsolationMs = Math.max(rules.isolate.usual.longestMs, rules.isolate.high.longestMs);
  if (policy.defaultIsolation > longestIsolationMs) {
    const text = `is longer than an isolation may last; write ${renderDuration(longestIsolationMs)} or less`;
    flaws.push({ path: ['policy', 'defaultIsolation'], text });
  }
  if (markings.telegramMaxTlp === 'RED') {
    const text = 'must not be RED, which is for recipients in the room; write AMBER+STRICT or less';
    flaws.push({ path: ['markings', 'telegramMaxTlp'], text });
  }
  if (TLPS.indexOf(markings.tlp) > TLPS.indexOf(markings.telegramMaxTlp)) {
    const text = `is above telegramMaxTlp, so no request could be answered; write ${markings.telegramMaxTlp} or less`;
    flaws.push({ path: ['markings', 'tlp'], text });
  }
  if (settings.auditChat !== undefined && settings.groups[settings.auditChat] === undefined) {
    const names = Object.keys(settings.groups);
    const way = names.length === 0 ? 'put the group there' : `write one of these: ${names.join(', ')}`;
    flaws.push({ path: ['auditChat'], text: `is no group under groups; ${way}` });
  }
  return canContain ? [...flaws, ...flawsInRules(policy.rules, rules, people)] : flaws;
}

/** What nobody could ever do: anything usual, and every rule that somebody has written. */
function flawsInRules(written: FileSettings['policy']['rules'], rules: Rules, people: readonly Person[]): Flaw[] {
  const usual = objectionToRule(rules.block.usual, people);
  if (usual !== null) return [{ path: ['people'], text: `is a policy that nobody can satisfy: ${usual}` }];
  return CONTAINMENT_ACTIONS.flatMap((action) =>
    TIERS.filter((tier) => written[action]?.[tier] !== undefined).flatMap((tier) => {
      const objection = objectionToRule(rules[action][tier], people);
      const path = ['policy', 'rules', action, tier];
      return objection === null ? [] : [{ path, text: `is a policy that nobody can satisfy: ${objection}` }];
    }),
  );
}

/** Rules that nobody wrote down and nobody can satisfy: what they are for will be refused. For the start-up lines. */
export function unsatisfiable(
  rules: Rules,
  people: readonly Person[],
): readonly { readonly action: ContainmentAction; readonly tier: Tier; readonly why: string }[] {
  return CONTAINMENT_ACTIONS.flatMap((action) =>
    TIERS.flatMap((tier) => {
      const why = objectionToRule(rules[action][tier], people);
      return why === null ? [] : [{ action, tier, why }];
    }),
  );
}

/** Why a rule could never be kept, by anybody's request; null if some request of somebody can be approved. */
function objectionToRule(rule: Rule, people: readonly Person[]): string | null {
  const requesters = people.filter((person) => hasRole(person, rule.ask));
  const others = ({ name }: Person) => people.filter((one) => one.name !== name && hasRole(one, rule.approve));
  if (requesters.some((person) => others(person).length >= rule.approvals)) return null;
  const missing =
    requesters.length === 0
      ? `nobody has the role ${rule.ask} to ask`
      : `${rule.approvals === 1 ? 'nobody' : `fewer than ${rule.approvals} people`} may approve what another person asks for`;
  const more = rule.approvals === 1 ? 'another' : `${rule.approvals} more`;
  return `${missing}; write one person with role: ${rule.ask} or higher, and ${more} with role: ${rule.approve} or higher`;
}
