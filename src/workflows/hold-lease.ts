import {
  allHandlersFinished,
  condition,
  continueAsNew,
  getExternalWorkflowHandle,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { isDoubtfulOutcome } from '#domain/containment-state.ts';
import { approverNames, type Order, type OrderOutcome, type Step, verbOf } from '#domain/containment.ts';
import { hold, letGo, mayHold, takeBack } from './act.ts';
import { isOrder } from './heard.ts';
import { inTime, msUntil } from './instants.ts';
import { giveOrder, type HeldLease, type LeaseInput, type StepNews, stepNews } from './messages.ts';

/** What could not be let go is tried again after this long; each try is patient by itself. */
const LIFT_AGAIN_MS = 15 * 60_000;

/**
 * The lease of one target in one system: the only workflow that acts on it. It carries out approved orders one after
 * the other, holds the target until its time, extends it, and lets it go, by order or by itself.
 */
export async function holdLease(input: LeaseInput): Promise<void> {
  const step: Step = { system: input.system, target: input.target };
  const inbox: Order[] = [...input.inbox];
  let held: HeldLease | null = input.held;
  let pauseMs = 0;
  setHandler(giveOrder, (order) => void (isOrder(order) && inbox.push(order)), {
    description: 'An approved order for this target',
  });

  for (;;) {
    setCurrentDetails(detailsOf(held));
    const waitMs = Math.max(msUntil(held?.order.until), pauseMs);
    const summary = pauseMs > 0 ? 'Try again to lift' : 'Its time is up';
    // A wait of nothing would cost two events all the same.
    if (waitMs > 0) await condition(() => inbox.length > 0, waitMs, { summary });
    const next = inbox.shift();
    if (next) held = await carryOut(step, next, held);
    else if (held) held = await liftOnTime(step, held);
    pauseMs = held && !next ? LIFT_AGAIN_MS : 0;
    if (held === null && inbox.length === 0) return;
    if (workflowInfo().continueAsNewSuggested && allHandlersFinished()) {
      await continueAsNew<typeof holdLease>({ ...step, inbox, held });
    }
  }
}

/** Carries out one order and tells its request. Gives what the lease holds afterwards. */
async function carryOut(step: Step, next: Order, held: HeldLease | null): Promise<HeldLease | null> {
  return verbOf(next.plan.action, step.system) === 'contain'
    ? carryOutHold(step, next, held)
    : carryOutLetGo(step, next, held);
}

async function carryOutHold(step: Step, next: Order, before: HeldLease | null): Promise<HeldLease | null> {
  // A list that was lost, or brought back from a copy, holds nothing that could be joined: the hold begins anew.
  const held = before && (await mayHold(step, before)) ? before : null;
  // A second order joins the first: it may make the time longer, never shorter.
  const until =
    [next.until, held?.order.until]
      .filter((one) => typeof one === 'string')
      .sort()
      .at(-1) ?? null;
  const order = { ...next, until };
  const leaseId = held?.leaseId ?? order.requestId;
  const outcome = await hold(step, { order, leaseId, target: step.target });
  const isHeldLonger = outcome.outcome === 'done' && until !== next.until;
  await tell([next.requestId], {
    ...step,
    kind: 'outcome',
    outcome: isHeldLonger ? { ...outcome, isHeldLonger } : outcome,
  });
  if (outcome.outcome === 'done' && outcome.isForeign === undefined) {
    const earlier = before ? requestsOf(before) : [];
    if (held && held.order.until !== until) {
      await tell(earlier, { ...step, kind: 'longer', outcome: { ...outcome, isExtended: true } });
    }
    return { order, leaseId, earlier };
  }
  // What may have been made longer ends with the hold all the same, and its request waits to be told.
  if (held && isDoubtfulOutcome(outcome)) return { ...held, earlier: [...held.earlier, next.requestId] };
  if (held) return held;
  if (before) await tellLifted(step, before, null);
  if (outcome.outcome === 'done' || outcome.outcome === 'rehearsed') return null;
  // Nobody can tell whether it is held, so it is let go when its time is up, like one that is.
  if (outcome.outcome === 'unknown') return { order, leaseId, earlier: [] };
  // Neither "failed" nor a "no" to a second try means "did not happen": what may be there is taken back.
  const doubtful = { order: { ...order, until: inTime(0) }, leaseId, earlier: [] };
  const isRefused = outcome.outcome === 'refused' || outcome.outcome === 'too_late';
  if (isRefused && !(await mayHold(step, doubtful))) return null;
  const undone = await takeBack(step, doubtful, 'undo after a failure');
  if (undone.outcome !== 'done') return doubtful;
  await tellLifted(step, doubtful, null);
  return null;
}

async function carryOutLetGo(step: Step, order: Order, held: HeldLease | null): Promise<HeldLease | null> {
  const outcome = await letGo(step, { order, leaseId: held?.leaseId ?? order.requestId, target: step.target });
  await tell([order.requestId], { ...step, kind: 'outcome', outcome });
  if (outcome.outcome !== 'done') return held;
  const { requester } = order;
  if (held) await tellLifted(step, held, { requester, approvers: approverNames(order) });
  return null;
}

/** Lets go what has had its time. Undoing is owed: it is held, and said to be held, until it is seen to be gone. */
async function liftOnTime(step: Step, held: HeldLease): Promise<HeldLease | null> {
  const outcome = await takeBack(step, held, 'time is up');
  if (outcome.outcome === 'done') {
    await tellLifted(step, held, null);
    return null;
  }
  if (!held.isOverdue) {
    const since = held.order.until ?? inTime(0);
    await tell(requestsOf(held), { ...step, kind: 'overdue', since, why: whyOf(outcome) });
  }
  return { ...held, isOverdue: true };
}

async function tellLifted(
  step: Step,
  held: HeldLease,
  order: { readonly requester: string; readonly approvers: string } | null,
): Promise<void> {
  await tell(requestsOf(held), { ...step, kind: 'lifted', lifted: { at: inTime(0), order } });
}

/** Every request that the lease holds for. */
function requestsOf(held: HeldLease): readonly string[] {
  return [...held.earlier, held.order.requestId];
}

function whyOf(outcome: OrderOutcome): string {
  return 'why' in outcome ? outcome.why : '';
}

/** A request may have ended, its window gone by; then nobody waits for this. */
async function tell(requestIds: readonly string[], news: StepNews): Promise<void> {
  await Promise.all(
    requestIds.map(async (requestId) => {
      try {
        await getExternalWorkflowHandle(requestId).signal(stepNews, news);
      } catch {
        setCurrentDetails(`${requestId} no longer waits: ${news.kind}`);
      }
    }),
  );
}

function detailsOf(held: HeldLease | null): string {
  return held ? `held until ${held.order.until ?? 'further order'}, lease ${held.leaseId}` : 'nothing held';
}
