import { type ContainmentPlan, digestOf, type LeaseAct, type Order, planHashOf } from '#domain/containment.ts';
import { sealPress } from '#domain/press-seal.ts';
import type { Approval } from '#domain/press.ts';
import { addressOf, blockPlan, PEOPLE } from './soc-requests.ts';

export const NOW = '2026-03-01T12:00:00.000Z';
export const KEYS = [new Uint8Array(32).fill(7)];

type Facts = Parameters<typeof sealPress>[0];

/** Somebody's approval of a plan of Ana's, sealed by the bot; `facts` make it one of something else. */
export function approvalBy(who: keyof typeof PEOPLE, plan: ContainmentPlan, facts: Partial<Facts> = {}): Approval {
  const planHash = planHashOf(plan);
  const requesterId = PEOPLE.ana.telegramId;
  const usual = {
    requestId: 'tg-1-1',
    requester: 'ana',
    requesterId,
    at: NOW,
    verb: 'approve',
    pressId: 'cq-1',
    by: PEOPLE[who],
    // Letting go takes a code, by the usual rules.
    withCode: plan.action !== 'block',
  };
  const sealed: Facts = { ...usual, planHash, ...facts };
  const { pressId, by, at, withCode } = sealed;
  return { pressId, by, at, seal: sealPress(sealed, KEYS), ...(withCode ? { withCode } : {}) };
}

/** An approved order, with a code where it lets go, of 203.0.113.9 unless a plan says otherwise, and the lease that carries it out. */
export function actOf(rest: Partial<Order> = {}, leaseId: string = 'tg-1-1'): LeaseAct {
  const plan = rest.plan ?? BLOCK;
  return {
    leaseId,
    target: plan.steps[0]?.target ?? addressOf(9),
    order: {
      plan,
      digest: digestOf(plan),
      requestId: 'tg-1-1',
      requester: 'ana',
      requesterId: PEOPLE.ana.telegramId,
      approvals: [approvalBy('rob', plan, { withCode: plan.action !== 'block' })],
      reason: null,
      until: plan.durationMs === null ? null : inMs(plan.durationMs),
      notAfter: inMs(600_000),
      ...rest,
    },
  };
}

/** So long after now, ISO 8601. */
export function inMs(ms: number): string {
  return new Date(Date.parse(NOW) + ms).toISOString();
}

export const BLOCK = blockPlan(addressOf(9));
export const APPROVED = approvalBy('rob', BLOCK);
export const UNBLOCK = blockPlan(addressOf(9), { action: 'unblock', durationMs: null });
