import type { GuardFinding } from '#domain/guard/guard.ts';
import { type ContainmentPlan, isRestriction, targetsOf } from './containment.ts';
import { renderDuration } from './duration.ts';
import type { Limits, Rule, Rules, Tier } from './policy.ts';

/** What is known, besides the plan, of how much a request may break. */
export type StakeFacts = {
  readonly findings: readonly GuardFinding[];
  /** Containments of the last hour, by the requester and by all, without this one; machines isolated now. */
  readonly recent: { readonly byRequester: number; readonly inAll: number; readonly isolated: number };
};

/** How high the stakes are, why, and the rule that follows. */
export type Stakes = { readonly tier: Tier; readonly why: readonly string[]; readonly rule: Rule };

/** Decides at which tier a plan has to be approved. More is at stake than usual only for reasons, which the card says. */
export function stakesOf(
  plan: ContainmentPlan,
  { findings, recent }: StakeFacts,
  { rules, limits }: { readonly rules: Rules; readonly limits: Limits },
): Stakes {
  const ruleOf = (tier: Tier) => rules[plan.action][tier];
  const critical = [
    ...findings.filter(({ tier }) => tier === 'two_people').map(({ why }) => why),
    ...(isRestriction(plan.action) ? limitsReached(plan, recent, limits) : []),
  ];
  if (critical.length > 0) return { tier: 'critical', why: critical, rule: ruleOf('critical') };
  const usual = ruleOf('usual');
  const high = [
    ...(plan.durationMs !== null && plan.durationMs > usual.longestMs
      ? [`Longer than ${renderDuration(usual.longestMs)}.`]
      : []),
    ...(targetsOf(plan).some(({ kind }) => kind === 'cidr') ? ['A whole network.'] : []),
  ];
  if (high.length > 0) return { tier: 'high', why: high, rule: ruleOf('high') };
  return { tier: 'usual', why: [], rule: usual };
}

function limitsReached(plan: ContainmentPlan, recent: StakeFacts['recent'], limits: Limits): string[] {
  const targets = targetsOf(plan);
  const hosts = targets.filter(({ kind }) => kind === 'host').length;
  return [
    ...(hosts > 1 ? ['More than one machine.'] : []),
    ...(hosts > 0 && recent.isolated + hosts > limits.isolated
      ? [`${recent.isolated} machines are isolated already.`]
      : []),
    ...(recent.byRequester + targets.length > limits.perPerson
      ? [`${recent.byRequester} containments of the same person in an hour.`]
      : []),
    ...(recent.inAll + targets.length > limits.inAll ? [`${recent.inAll} containments in an hour.`] : []),
  ];
}
