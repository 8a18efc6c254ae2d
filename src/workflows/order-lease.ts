import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { getExternalWorkflowHandle, ParentClosePolicy, startChild } from '@temporalio/workflow';
import type { Order, Step } from '#domain/containment.ts';
import { defang } from '#domain/defang.ts';
import { leaseIdOf } from '#domain/ids.ts';
import { visibleText } from '#domain/visible-text.ts';
import { holdLease } from './hold-lease.ts';
import { giveOrder } from './messages.ts';
import { SocKind } from './search-attributes.ts';

/** A lease may end between the two ways of reaching it; it cannot do so for ever. */
const TRIES = 5;

/** Of a long URL the Temporal UI shows the two ends, in UTF-16 units. */
const MOST_SHOWN = 100;

/**
 * Gives an order to the one lease of (system, target): starts it, or joins the one that runs. The lease outlives the
 * request.
 */
export async function orderLease(step: Step, order: Order): Promise<void> {
  const { system, target } = step;
  const workflowId = leaseIdOf(system, target);
  for (let tries = 1; ; tries += 1) {
    try {
      await startChild(holdLease, {
        workflowId,
        args: [{ system, target, inbox: [order], held: null }],
        parentClosePolicy: ParentClosePolicy.ABANDON,
        staticSummary: `Lease of ${visibleText(defang(target), MOST_SHOWN)} on ${system}`,
        typedSearchAttributes: [{ key: SocKind, value: 'lease' }],
      });
      return;
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
    try {
      await getExternalWorkflowHandle(workflowId).signal(giveOrder, order);
      return;
    } catch (error) {
      if (tries === TRIES) throw error;
    }
  }
}
