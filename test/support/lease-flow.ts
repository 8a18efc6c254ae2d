import { digestOf, type Order } from '#domain/containment.ts';
import { leaseIdOf } from '#domain/ids.ts';
import type { Observable } from '#domain/observable.ts';
import { type LeaseInput, type LeaseOrder, TASK_QUEUE } from '#workflows/messages.ts';
import { stateOf } from './containment-flow.ts';
import type { Shown } from './fake-messenger.ts';
import { askOf, blockPlan, PEOPLE } from './soc-requests.ts';
import type { WorkflowRig } from './workflow-rig.ts';

/** An order that Rob approved at `now`, with the card that he pressed. */
export function orderFor(
  target: Observable,
  now: number,
  rest: Partial<Order> & { durationMs?: number } = {},
): LeaseOrder {
  const { durationMs = 3_600_000, ...more } = rest;
  const plan = more.plan ?? blockPlan(target, { durationMs });
  const ask = askOf();
  const order: Order = {
    plan,
    digest: digestOf(plan),
    requestId: ask.requestId,
    requester: ask.by.name,
    requesterId: ask.by.telegramId,
    approvals: [{ pressId: 'cq-0', by: PEOPLE.rob, seal: 'sealed', at: new Date(now).toISOString() }],
    reason: null,
    until: plan.action === 'block' ? new Date(now + durationMs).toISOString() : null,
    notAfter: new Date(now + 900_000).toISOString(),
    ...more,
  };
  const cards: LeaseOrder['cards'] = [
    { chat: PEOPLE.rob.telegramId, message: ask.messageId, reader: 'approver' },
    { chat: PEOPLE.ana.telegramId, message: ask.messageId, reader: 'requester' },
  ];
  return { order, ask, cards, awaitsCards: false };
}

/** Starts the lease of a target on the wall, without the request that would have ordered it. */
export async function startLease(rig: Pick<WorkflowRig, 'client' | 'telegram'>, leaseOrder: LeaseOrder) {
  const { target } = leaseOrder.order.plan;
  const handle = await rig.client.workflow.start<(input: LeaseInput) => Promise<void>>('holdLease', {
    workflowId: leaseIdOf('wall', target),
    taskQueue: TASK_QUEUE,
    args: [{ system: 'wall', inbox: [leaseOrder], held: null }],
  });
  const isLifted = ({ card }: Shown): boolean =>
    card.kind === 'containment' && card.state.phase === 'lifted' && card.ask.requestId === leaseOrder.ask.requestId;
  return {
    handle,
    /** The card that says that the block has ended. */
    lifted: async (): Promise<Shown> => rig.telegram.until(isLifted),
    /** Every message, edits apart, in which it says that the block should be gone and may not be. */
    overdueNotices: (): readonly Shown[] =>
      rig.telegram
        .of(leaseOrder.ask.requestId)
        .filter((shown) => stateOf(shown).phase === 'overdue' && shown.edit === undefined),
    saysLifted: (): boolean => rig.telegram.of(leaseOrder.ask.requestId).some(isLifted),
  };
}
