import { type ContainmentPlan, planHashOf } from '#domain/containment.ts';
import type { Person } from '#domain/person.ts';
import { changedPlan } from '#domain/plan-change.ts';
import { sealPress } from '#domain/press-seal.ts';
import type { GateVerb, Press } from '#domain/press.ts';
import type { BotDeps } from '../deps.ts';

/** Whose press it is, of what, on what. */
type Pressing = {
  readonly person: Person;
  readonly telegramId: number;
  readonly verb: GateVerb;
  readonly press: {
    readonly requestId: string;
    readonly pressId: string;
    readonly rev: number;
    readonly arg: number;
    readonly withCode?: true;
  };
  readonly planned: { readonly requester: string; readonly requesterId: number };
  /** Exactly what would be approved; null for a request without a plan. */
  readonly plan: ContainmentPlan | null;
};

/** What a press is about: only a decision to act says how much of what was asked. Null where there is no such scope. */
export function planPressed(verb: GateVerb, asked: ContainmentPlan | null, arg: number): ContainmentPlan | null {
  if (!asked) return null;
  return verb === 'approve' || verb === 'emergency' ? changedPlan(asked, arg) : asked;
}

/** A press with the bot's seal: heard now, from this person, for exactly this plan. */
export function sealedPress({ person, telegramId, verb, press, planned, plan }: Pressing, deps: BotDeps): Press {
  const at = deps.now();
  const { requester, requesterId } = planned;
  const { requestId, pressId, rev, arg, withCode } = press;
  // Whoever asked is who they were then, whatever `socbot.yaml` calls them now and whichever of their accounts presses.
  const name = person.telegramIds.includes(requesterId) ? requester : person.name;
  const by = { name, telegramId, role: person.role };
  const planHash = plan ? planHashOf(plan) : '';
  const facts = { requestId, requester, requesterId, planHash, at, verb, pressId, by, withCode: withCode ?? false };
  const seal = sealPress(facts, deps.keys);
  return { pressId, verb, rev, arg, by, at, seal, ...(withCode ? { withCode } : {}) };
}
