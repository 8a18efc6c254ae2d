import type { ContainmentState } from '#domain/containment-state.ts';
import { digestOf, type Order } from '#domain/containment.ts';
import { leaseIdOf } from '#domain/ids.ts';
import type { Observable } from '#domain/observable.ts';
import { type LeaseInput, TASK_QUEUE } from '#workflows/messages.ts';
import { addressOf, askOf, blockPlan, PEOPLE } from './soc-requests.ts';
import type { WorkflowRig } from './workflow-rig.ts';

/** An order of Ana's that Rob approved at `now`. */
export function orderFor(
  target: Observable,
  now: number,
  { durationMs = 3_600_000, ...more }: Partial<Order> & { durationMs?: number } = {},
): Order {
  const plan = more.plan ?? blockPlan(target, { durationMs });
  const ask = askOf();
  return {
    plan,
    digest: digestOf(plan),
    requestId: ask.requestId,
    requester: ask.by.name,
    requesterId: ask.by.telegramId,
    approvals: [{ pressId: 'cq-0', by: PEOPLE.rob, seal: 'sealed', at: new Date(now).toISOString() }],
    reason: null,
    until: plan.durationMs === null ? null : new Date(now + durationMs).toISOString(),
    notAfter: new Date(now + 900_000).toISOString(),
    ...more,
  };
}

/** Starts the lease of a target on the wall, without the request that would have ordered it. */
export async function startLease(rig: Pick<WorkflowRig, 'client'>, target: Observable, inbox: readonly Order[]) {
  return rig.client.workflow.start<(input: LeaseInput) => Promise<void>>('holdLease', {
    workflowId: leaseIdOf('wall', target),
    taskQueue: TASK_QUEUE,
    args: [{ system: 'wall', target, inbox, held: null }],
  });
}

/** Resolves when the lease of a target on a system has ended, however it came to that. */
export async function leaseEnded(
  rig: Pick<WorkflowRig, 'client'>,
  target: Observable,
  system: string = 'wall',
): Promise<void> {
  await rig.client.workflow.getHandle(leaseIdOf(system, target)).result();
}

/** A plan that lets a target go again. */
export function unblockPlan(target: Observable) {
  return blockPlan(target, { action: 'unblock', durationMs: null });
}

/** A plan about several addresses on several systems. */
export function planOn(systems: readonly string[], lasts: readonly number[], durationMs: number = 3_600_000) {
  const steps = lasts.flatMap((last) => systems.map((system) => ({ system, target: addressOf(last) })));
  return blockPlan(addressOf(0), { steps, durationMs });
}

/** What became of each step, by system and target. */
export function outcomesOf({ steps }: ContainmentState): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    steps.map(({ system, target, outcome }) => [`${system} ${target.value}`, outcome?.outcome]),
  );
}
