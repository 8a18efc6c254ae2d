import { CONTAINMENT_ACTIONS, type ContainmentAction } from '#domain/containment.ts';
import { DEFAULT_LIMITS, DEFAULT_RULES, type Limits, type Rule, type Rules, type Tier, TIERS } from '#domain/policy.ts';
import type { PolicySettings, RuleEntry } from './policy-settings.ts';

/** The rule of every action at every tier: as the file says, else as SocBot has it. */
export function rulesOf(policy: PolicySettings): Rules {
  const rules = CONTAINMENT_ACTIONS.map((action) => {
    const tiers = TIERS.map((tier) => [tier, ruleOf(action, tier, policy)] as const);
    return [action, Object.fromEntries(tiers) as Record<Tier, Rule>] as const;
  });
  return Object.fromEntries(rules) as Record<ContainmentAction, Record<Tier, Rule>>;
}

function ruleOf(action: ContainmentAction, tier: Tier, policy: PolicySettings): Rule {
  const entry: RuleEntry = policy.rules[action]?.[tier] ?? {};
  const base = DEFAULT_RULES[action][tier];
  const longest = action === 'block' ? shorter(base.longestMs, policy.longestBlock) : base.longestMs;
  return {
    ask: entry.ask ?? base.ask,
    approve: entry.approve ?? base.approve,
    approvals: entry.approvals ?? base.approvals,
    code: entry.code ?? base.code,
    reason: entry.reason ?? base.reason,
    lifeMs: entry.life ?? policy.approvalLife ?? base.lifeMs,
    windowMs: entry.window ?? policy.executionWindow ?? base.windowMs,
    longestMs: entry.longest ?? longest,
    escalateTo: entry.escalateTo ?? base.escalateTo,
    emergency: entry.emergency ?? base.emergency,
  };
}

function shorter(baseMs: number, settingMs: number | undefined): number {
  return Math.min(baseMs, settingMs ?? baseMs);
}

/** Two in a hundred machines: beyond, an isolation is no longer about single ones. */
const FLEET_PART = 0.02;

/** How many containments are usual. Of isolated machines the smaller number counts: the setting, or a part of the fleet. */
export function limitsOf({ limits }: PolicySettings): Limits {
  const { perPerson = DEFAULT_LIMITS.perPerson, inAll = DEFAULT_LIMITS.inAll, fleet } = limits;
  const isolated = limits.isolated ?? DEFAULT_LIMITS.isolated;
  const ofFleet = fleet === undefined ? isolated : Math.max(Math.floor(fleet * FLEET_PART), 1);
  return { perPerson, inAll, isolated: Math.min(isolated, ofFleet) };
}
