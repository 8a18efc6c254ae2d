import type { ContainmentState } from '#domain/containment-state.ts';
import type { ContainmentPlan, OrderOutcome } from '#domain/containment.ts';
import { AT, BAD, stepOf } from './cards.ts';

export const LATER = '2026-11-25T02:14:00.000Z';
export const APPROVED = { kind: 'approved', by: [{ by: 'ben', at: AT }] } as const;
export const VERIFIED = { outcome: 'done', until: LATER, verifiedAt: AT } as const;
/** It was done, everywhere. */
export const DONE: Partial<ContainmentState> = { phase: 'done', decision: APPROVED, steps: [stepOf(VERIFIED)] };
/** What each step came to, in one system after the other. */
export const notDone = (...outcomes: readonly OrderOutcome[]): Partial<ContainmentState> => ({
  phase: 'not_done',
  decision: APPROVED,
  steps: outcomes.map((outcome, at) => stepOf(outcome, { system: ['block-feed', 'crowdsec', 'pihole'][at] ?? '' })),
});
/** It was done, with something to say besides. */
export const doneWith = (change: Partial<OrderOutcome & { outcome: 'done' }>): Partial<ContainmentState> => ({
  ...DONE,
  steps: [stepOf({ ...VERIFIED, ...change })],
});
export const TWO = [BAD, { kind: 'domain', value: 'evil.example' }] as const;
/** A plan for one target in one system. */
export const planOf = (action: ContainmentPlan['action'], system = 'block-feed'): ContainmentPlan => ({
  action,
  steps: [{ system, target: action === 'isolate' ? { kind: 'host', value: 'ws-114' } : BAD }],
  durationMs: 86_400_000,
  markings: { tlp: 'AMBER', pap: 'GREEN' },
});
