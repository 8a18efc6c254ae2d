import {
  ActivityFailure,
  allHandlersFinished,
  condition,
  continueAsNew,
  getExternalWorkflowHandle,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { Order, OrderOutcome } from '#domain/containment.ts';
import { defang } from '#domain/defang.ts';
import { inTime, msUntil } from './instants.ts';
import { showLifted } from './lifted-cards.ts';
import { giveOrder, type LeaseInput, type LeaseOrder, orderDone } from './messages.ts';
import { containAt, readBackAt, releaseAt } from './proxies.ts';

/**
 * The lease of one target in one system: the only workflow that acts on it. It carries out approved orders one after
 * the other, holds the block until its time, extends it, and lifts it, by order or by itself.
 */
export async function holdLease(input: LeaseInput): Promise<void> {
  const { system } = input;
  const inbox: LeaseOrder[] = [...input.inbox];
  let held: LeaseOrder | null = input.held;
  setHandler(giveOrder, (order) => void inbox.push(order), { description: 'An approved order for this target' });

  for (;;) {
    setCurrentDetails(detailsOf(held));
    await condition(() => inbox.length > 0, held?.order.until ? msUntil(held.order.until) : 0);
    const next = inbox.shift();
    if (next) held = await carryOut(system, next, held);
    else if (held) held = await liftOnTime(system, held);
    if (held === null && inbox.length === 0) return;
    if (workflowInfo().continueAsNewSuggested && allHandlersFinished()) {
      await continueAsNew<typeof holdLease>({ system, inbox, held });
    }
  }
}

/** Carries out one order and tells its request. Gives what the lease holds afterwards. */
async function carryOut(system: string, next: LeaseOrder, held: LeaseOrder | null): Promise<LeaseOrder | null> {
  const { order } = next;
  const isBlock = order.plan.action === 'block';
  const outcome = await attempt(() => (isBlock ? block(system, order) : unblock(system, order)));
  await tellRequest(order.requestId, system, outcome);
  if (outcome.outcome === 'done') {
    if (isBlock) return { ...next, cards: [...(held?.cards ?? []), ...next.cards].slice(-10) };
    if (held) await showLifted(held, { at: inTime(0), by: order.approvers.join(' and ') });
    return null;
  }
  // "Failed" does not mean "did not happen": what this order may have put there is taken back.
  const mayHold = isBlock && held === null && outcome.outcome !== 'refused';
  return mayHold ? liftOnTime(system, next, 'undo after a failure') : held;
}

async function block(system: string, order: Order): Promise<OrderOutcome> {
  const answer = await containAt(system, order, `Block ${defang(order.plan.target)}`);
  if (!answer.isDone) return { outcome: 'refused', why: answer.why };
  const found = await readBackAt(system, order.plan.target);
  if (found?.requestId !== order.requestId) return { outcome: 'drifted', why: 'the system does not list it' };
  return { outcome: 'done', until: found.until, verifiedAt: inTime(0) };
}

async function unblock(system: string, order: Order): Promise<OrderOutcome> {
  const answer = await releaseAt(system, order, `Unblock ${defang(order.plan.target)}`);
  if (!answer.isDone) return { outcome: 'refused', why: answer.why };
  const found = await readBackAt(system, order.plan.target);
  if (found) return { outcome: 'drifted', why: 'the system still lists it' };
  return { outcome: 'done', until: null, verifiedAt: inTime(0) };
}

/** An act that could not be carried out in its time is an outcome, not a failed workflow. */
async function attempt(act: () => Promise<OrderOutcome>): Promise<OrderOutcome> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    return { outcome: 'failed', why: error.cause?.message ?? 'no answer in time' };
  }
}

/** Lifts a block whose time is up. Undoing is owed: a day without success starts the next day's tries. */
async function liftOnTime(system: string, held: LeaseOrder, why = 'time is up'): Promise<LeaseOrder | null> {
  const { plan } = held.order;
  try {
    await releaseAt(system, { ...held.order, until: null }, `Unblock ${defang(plan.target)}: ${why}`);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    return held;
  }
  if (why === 'time is up') await showLifted(held, { at: inTime(0), by: null });
  return null;
}

/** The request may have ended, its window gone by; then nobody waits for this. */
async function tellRequest(requestId: string, system: string, outcome: OrderOutcome): Promise<void> {
  try {
    await getExternalWorkflowHandle(requestId).signal(orderDone, { system, outcome });
  } catch {
    setCurrentDetails(`${requestId} no longer waits: ${outcome.outcome}`);
  }
}

function detailsOf(held: LeaseOrder | null): string {
  return held
    ? `held until ${held.order.until ?? 'further order'} by order of ${held.order.requestId}`
    : 'nothing held';
}
