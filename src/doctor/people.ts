import type { Config } from '#config/config.ts';
import { unsatisfiable } from '#config/policy.ts';
import { CONTAINMENT_ACTIONS } from '#domain/containment.ts';
import { hasRole } from '#domain/person.ts';
import type { Store } from '#store/open-store.ts';
import type { Finding } from './finding.ts';

/** Who may do what, and whether they could: rules that nobody can satisfy, and approvers without an authenticator. */
export async function examinePeople(
  config: Pick<Config, 'people' | 'policy'>,
  factors: ReturnType<Store['secondFactors']>,
): Promise<readonly Finding[]> {
  const what = 'Policy';
  const { people, policy } = config;
  const impossible = unsatisfiable(policy.rules, people).map(({ action, tier, why }): Finding => ({
    state: tier === 'usual' ? 'ill' : 'doubtful',
    what,
    says: `${action}, ${tier}: nobody can satisfy it`,
    todo: `${why}; or change policy: rules: ${action}: ${tier}.`,
  }));
  const enrolled = new Set((await factors.listEnrolled()).map(({ person }) => person));
  const rules = CONTAINMENT_ACTIONS.flatMap((action) => Object.values(policy.rules[action])).filter(({ code }) => code);
  const without = people.filter(
    (person) => rules.some(({ approve }) => hasRole(person, approve)) && !enrolled.has(person.name),
  );
  const bare: Finding[] = without.map(({ name }) => ({
    state: 'doubtful',
    what: 'Authenticators',
    says: `${name} may approve and has none`,
    todo: `npm run socbot -- enrol "${name}"`,
  }));
  const findings = [...impossible, ...bare];
  return findings.length > 0 ? findings : [{ state: 'well', what, says: 'every rule can be satisfied' }];
}
