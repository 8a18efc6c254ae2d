import {
  allHandlersFinished,
  condition,
  continueAsNew,
  getExternalWorkflowHandle,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { approverNames, type OrderOutcome } from '#domain/containment.ts';
import { block, lift, mayHold, unblock } from './act.ts';
import { inTime, msUntil } from './instants.ts';
import { createLeaseCards, type LeaseCards } from './lease-cards.ts';
import {
  addCards,
  giveOrder,
  type HeldLease,
  type LateCards,
  type LeaseInput,
  type LeaseOrder,
  orderDone,
} from './messages.ts';

/** A block that could not be lifted is tried again after this long; each try is patient by itself. */
const LIFT_AGAIN_MS = 15 * 60_000;

/** Longer than a card is tried to be shown; nobody names one after that. */
const CARDS_WITHIN_MS = 73 * 60 * 60_000;

/** A lease that is extended for ever does not tell for ever more cards. */
const MOST_JOINED = 10;

/**
 * The lease of one target in one system: the only workflow that acts on it. It carries out approved orders one after
 * the other, holds the block until its time, extends it, and lifts it, by order or by itself.
 */
export async function holdLease(input: LeaseInput): Promise<void> {
  const { system } = input;
  const inbox: LeaseOrder[] = [...input.inbox];
  const cards = createLeaseCards();
  const lateCards: LateCards[] = [];
  let held: HeldLease | null = input.held;
  let pauseMs = 0;
  setHandler(giveOrder, (order) => void inbox.push(order), { description: 'An approved order for this target' });
  setHandler(addCards, (late) => void lateCards.push(late), { description: 'More cards that tell of its end' });

  for (;;) {
    setCurrentDetails(detailsOf(held));
    const waitMs = Math.max(msUntil(held?.order.until), pauseMs);
    const summary = pauseMs > 0 ? 'Try again to lift' : 'Block expires';
    // A wait of nothing would cost two events all the same.
    if (waitMs > 0) await condition(() => inbox.length > 0, waitMs, { summary });
    const late = lateCards.splice(0);
    inbox.push(...inbox.splice(0).map((order) => withCards(order, late)));
    held = held && { ...withCards(held, late), earlier: held.earlier.map((order) => withCards(order, late)) };
    void cards.tellLate(late);
    const next = inbox.shift();
    if (next) held = await carryOut({ system, cards }, next, held);
    else if (held) held = await liftOnTime({ system, cards }, held);
    pauseMs = held && !next ? LIFT_AGAIN_MS : 0;
    if (held === null && !(await isNeeded(cards, () => inbox.length > 0 || lateCards.length > 0))) return;
    if (workflowInfo().continueAsNewSuggested && allHandlersFinished()) {
      await continueAsNew<typeof holdLease>({ system, inbox, held });
    }
  }
}

/** A lease that holds nothing ends when all cards tell it, unless something comes meanwhile. */
async function isNeeded(cards: LeaseCards, isNews: () => boolean): Promise<boolean> {
  await condition(() => isNews() || cards.isTold());
  if (isNews() || !cards.areAwaited()) return isNews();
  return condition(isNews, CARDS_WITHIN_MS, { summary: 'Waits for cards on their way' });
}

/** An order with its cards, once all of them are known. */
function withCards<One extends LeaseOrder>(one: One, late: readonly LateCards[]): One {
  const mine = late.find(({ requestId }) => requestId === one.order.requestId);
  return mine ? { ...one, cards: mine.cards, awaitsCards: false } : one;
}

type Desk = { readonly system: string; readonly cards: LeaseCards };

/** Carries out one order and tells its request. Gives what the lease holds afterwards. */
async function carryOut(desk: Desk, next: LeaseOrder, held: HeldLease | null): Promise<HeldLease | null> {
  return next.order.plan.action === 'block' ? carryOutBlock(desk, next, held) : carryOutUnblock(desk, next, held);
}

async function carryOutBlock(desk: Desk, next: LeaseOrder, before: HeldLease | null): Promise<HeldLease | null> {
  const { system, cards } = desk;
  // A list that was lost, or brought back from a copy, holds nothing that could be joined: the block begins anew.
  const held = before && (await mayHold(system, before)) ? before : null;
  // A second block joins the first: it may make the time longer, never shorter.
  const until =
    [next.order.until, held?.order.until]
      .filter((one) => typeof one === 'string')
      .sort()
      .at(-1) ?? null;
  const order = { ...next.order, until };
  const leaseId = held?.leaseId ?? order.requestId;
  const outcome = await block(system, { order, leaseId });
  const isHeldLonger = outcome.outcome === 'done' && until !== next.order.until;
  await tellRequest(order.requestId, system, isHeldLonger ? { ...outcome, isHeldLonger } : outcome);
  if (outcome.outcome === 'done') {
    const earlier = before ? [...before.earlier, orderIn(before)] : [];
    if (held && held.order.until !== until) void cards.tellLonger(earlier, system, outcome);
    return { ...next, order, leaseId, earlier: earlier.slice(-MOST_JOINED) };
  }
  if (held) return held;
  // Neither "failed" nor a "no" to a second try means "did not happen": what may be there is taken back.
  const doubtful = { ...next, order: { ...order, until: inTime(0) }, leaseId, earlier: [] };
  const isRefused = outcome.outcome === 'refused' || outcome.outcome === 'too_late';
  if (isRefused && !(await mayHold(system, doubtful))) return null;
  const undone = await lift(system, doubtful, 'undo after a failure');
  return undone.outcome === 'done' ? null : doubtful;
}

function orderIn({ order, ask, cards, awaitsCards }: HeldLease): LeaseOrder {
  return { order, ask, cards, awaitsCards };
}

async function carryOutUnblock(
  { system, cards }: Desk,
  next: LeaseOrder,
  held: HeldLease | null,
): Promise<HeldLease | null> {
  const { order } = next;
  const outcome = await unblock(system, { order, leaseId: held?.leaseId ?? order.requestId }, held !== null);
  await tellRequest(order.requestId, system, outcome);
  if (outcome.outcome !== 'done') return held;
  const { requester } = order;
  if (held) void cards.tellLifted(held, { at: inTime(0), order: { requester, approvers: approverNames(order) } });
  return null;
}

/** Lifts a block whose time is up. Undoing is owed: it is held, and said to be held, until it is seen to be gone. */
async function liftOnTime({ system, cards }: Desk, held: HeldLease): Promise<HeldLease | null> {
  const outcome = await lift(system, held, 'time is up');
  if (outcome.outcome !== 'done') {
    if (!held.isOverdue) void cards.tellOverdue(held, system, outcome);
    return { ...held, isOverdue: true };
  }
  void cards.tellLifted(held, { at: inTime(0), order: null });
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

function detailsOf(held: HeldLease | null): string {
  return held ? `held until ${held.order.until ?? 'further order'}, lease ${held.leaseId}` : 'nothing held';
}
