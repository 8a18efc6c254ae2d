import type { Config } from '#config/config.ts';
import { CONTAINMENT_ACTIONS } from '#domain/containment.ts';
import { hasRole } from '#domain/person.ts';
import type { Rule } from '#domain/policy.ts';
import type { Store } from '#store/open-store.ts';
import { buttonKeysOf } from './bot-deps.ts';
import { responderProfilesOf } from './responders.ts';

/**
 * Why a policy that asks for codes could not be satisfied by anybody, and what to do about it; null where it can. Only what
 * is usual stops a start: what would be refused at a higher tier says so when it is asked.
 */
export async function objectionToEnrolment(config: Config, store: Store): Promise<string | null> {
  if (responderProfilesOf(config).length === 0) return null;
  const factors = store.secondFactors(buttonKeysOf(config));
  const readable = (await factors.listEnrolled()).filter(({ isReadable }) => isReadable);
  const enrolled = new Set(readable.map(({ person }) => person));
  const may = (rule: Rule) => config.people.filter((person) => hasRole(person, rule.approve));
  const lacking = CONTAINMENT_ACTIONS.find((action) => {
    const rule = config.policy.rules[action].usual;
    return rule.code && may(rule).filter(({ name }) => enrolled.has(name)).length < rule.approvals;
  });
  if (lacking === undefined) return null;
  const names = may(config.policy.rules[lacking].usual).map(({ name }) => name);
  return [
    `The policy asks for a code to ${lacking}, and nobody who may approve it has an authenticator.`,
    `Run this on this machine for each of ${names.join(', ')}: npm run socbot -- enrol "${names[0] ?? ''}"`,
    `Or write in socbot.yaml, under policy: rules: { ${lacking}: { usual: { code: false } } }`,
  ].join('\n');
}
