import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { getExternalWorkflowHandle, isCancellation, ParentClosePolicy, startChild } from '@temporalio/workflow';
import { defang } from '#domain/defang.ts';
import { leaseIdOf } from '#domain/ids.ts';
import type { Observable } from '#domain/observable.ts';
import { holdLease } from './hold-lease.ts';
import { addCards, giveOrder, type LateCards, type LeaseOrder } from './messages.ts';

/** A lease may end between the two ways of reaching it; it cannot do so for ever. */
const TRIES = 5;

/**
 * Gives an order to the one lease of (system, target): starts it, or joins the one that runs. The lease outlives the
 * request.
 */
export async function orderLease(system: string, leaseOrder: LeaseOrder): Promise<void> {
  const { target } = leaseOrder.order.plan;
  const workflowId = leaseIdOf(system, target);
  for (let tries = 1; ; tries += 1) {
    try {
      await startChild(holdLease, {
        workflowId,
        args: [{ system, inbox: [leaseOrder], held: null }],
        parentClosePolicy: ParentClosePolicy.ABANDON,
        staticSummary: `Lease of ${defang(target)} on ${system}`,
      });
      return;
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
    try {
      await getExternalWorkflowHandle(workflowId).signal(giveOrder, leaseOrder);
      return;
    } catch (error) {
      if (tries === TRIES) throw error;
    }
  }
}

/** Names cards to a lease that were not yet in their chats when it got its order. One that holds nothing any more waits for them. */
export async function addCardsToLease(system: string, target: Observable, late: LateCards): Promise<void> {
  try {
    await getExternalWorkflowHandle(leaseIdOf(system, target)).signal(addCards, late);
  } catch (error) {
    if (isCancellation(error)) throw error;
  }
}
