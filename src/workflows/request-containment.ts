import { CancellationScope, condition, isCancellation, log, upsertSearchAttributes } from '@temporalio/workflow';
import type { ContainmentState } from '#domain/card.ts';
import type { Order } from '#domain/containment.ts';
import { createContainmentCards } from './containment-cards.ts';
import { type ContainmentRecord, openContainmentRecord } from './containment-record.ts';
import { msUntil } from './instants.ts';
import type { ContainmentInput, LeaseOrder } from './messages.ts';
import { addCardsToLease, orderLease } from './order-lease.ts';
import { note } from './proxies.ts';
import { SocPhase } from './search-attributes.ts';

/** A quick act goes straight to its result; only a slow one is worth a card that says "on its way". */
const QUICK_MS = 1_500;

/** An act that began within the window may take this long to be told: its pause, its time, and the reading back. */
const LAST_WORD_MS = 90_000;

type Cards = ReturnType<typeof createContainmentCards>;

/**
 * A request to contain or release a target: asks the right people, waits at the gate, has exactly the approved plan
 * carried out by the lease of each system, and tells everybody what came of it. Silence is not executed.
 */
export async function requestContainment(input: ContainmentInput): Promise<ContainmentState> {
  const record = openContainmentRecord(input);
  const cards = createContainmentCards(input, record);
  try {
    await decideAndAct(input, record, cards);
  } catch (error) {
    if (!isCancellation(error)) throw error;
    await CancellationScope.nonCancellable(async () => tellWithdrawn(record, cards));
    throw error;
  }
  return record.state();
}

/** Somebody ended the request from the Temporal UI: its cards must not go on offering a decision. */
async function tellWithdrawn(record: ContainmentRecord, cards: Cards): Promise<void> {
  if (record.gate().decision === null) record.withdraw('an engineer');
  upsertSearchAttributes([{ key: SocPhase, value: record.state().phase }]);
  await cards.showEnd();
}

async function decideAndAct(input: ContainmentInput, record: ContainmentRecord, cards: Cards): Promise<void> {
  if (input.isStale) await askWhetherStillWanted(input, record, cards);
  await waitAtGate(record, cards);

  const decision = record.gate().decision?.kind ?? 'expired';
  const awaitsCards = cards.areUnderWay();
  // What was approved is carried out and told, whoever ends the request meanwhile.
  if (decision === 'approved') await CancellationScope.nonCancellable(async () => act(input, record, cards));
  else record.enter(decision);
  if (decision === 'expired') await note(expiryOf(input, record));

  upsertSearchAttributes([{ key: SocPhase, value: record.state().phase }]);
  await cards.showEnd();
  if (decision === 'approved' && awaitsCards) await nameCardsToLeases(input, cards);
  log.info('containment ended', { phase: record.state().phase, action: input.plan.action, digest: record.digest });
}

/** A request that was typed long ago asks its own author first. */
async function askWhetherStillWanted(input: ContainmentInput, record: ContainmentRecord, cards: Cards): Promise<void> {
  void cards.showRequester();
  const isAnswered = () => record.state().phase !== 'still_wanted' || record.gate().decision !== null;
  const isInTime = await condition(isAnswered, input.approvalLifeMs, { summary: 'Waits for the requester' });
  if (isInTime) record.startClock();
  else record.expire();
}

/** Waits for a decision. A lost stretch of time moves the deadline, and the cards are drawn anew. */
async function waitAtGate(record: ContainmentRecord, cards: Cards): Promise<void> {
  for (let gate = record.gate(); gate.decision === null; gate = record.gate()) {
    void askApprovers(record, cards);
    const { rev, expiresAt } = gate;
    const isMoved = () => record.gate().decision !== null || record.gate().rev !== rev;
    const isInTime = await condition(isMoved, msUntil(expiresAt), { summary: 'Approval expires' });
    if (!isInTime) record.expire();
  }
}

/** Asks the approvers; whoever cannot be reached is named on the requester's card. */
async function askApprovers(record: ContainmentRecord, cards: Cards): Promise<void> {
  const missed = await cards.askApprovers();
  record.missedBy(missed);
  if (missed.length > 0 && record.gate().decision === null) await cards.showRequester();
}

/** Hands the approved plan to the leases and waits for their word, at most until no act that began in time can be under way. */
async function act(input: ContainmentInput, record: ContainmentRecord, cards: Cards): Promise<void> {
  record.enter('acting');
  const order = orderOf(input, record);
  const { systems } = input.plan;
  const leaseOrder: LeaseOrder = {
    order,
    ask: input.ask,
    cards: cards.refs(),
    awaitsCards: cards.areUnderWay(),
  };
  await Promise.all(systems.map((system) => orderLease(system, leaseOrder)));
  if (!(await condition(record.isComplete, QUICK_MS, { summary: 'Waits for the lease' }))) {
    void cards.showProgress();
    const patienceMs = msUntil(order.notAfter) + LAST_WORD_MS;
    await condition(record.isComplete, patienceMs, { summary: 'Execution window' });
  }
  for (const system of systems) record.record(system, { outcome: 'too_late' });
  const isDone = record.state().outcomes.every(({ outcome }) => outcome.outcome === 'done');
  record.enter(isDone ? 'done' : 'not_done');
}

/** Names to the leases the cards that were on their way when the order was given. */
async function nameCardsToLeases({ ask, plan }: ContainmentInput, cards: Cards): Promise<void> {
  const late = { requestId: ask.requestId, cards: cards.refs() };
  await Promise.all(plan.systems.map((system) => addCardsToLease(system, plan.target, late)));
}

function orderOf(input: ContainmentInput, record: ContainmentRecord): Order {
  const { approvals } = record.gate();
  // From the press on, also where no worker was there to take it: what was approved is meant for then, not for later.
  const startMs = Math.min(Date.now(), ...approvals.map(({ at }) => Date.parse(at)).filter(Number.isFinite));
  const after = (ms: number) => new Date(startMs + ms).toISOString();
  return {
    plan: input.plan,
    digest: record.digest,
    requestId: input.ask.requestId,
    requester: input.ask.by.name,
    requesterId: input.ask.by.telegramId,
    approvals,
    reason: input.reason,
    until: input.plan.durationMs === null ? null : after(input.plan.durationMs),
    notAfter: after(input.executionWindowMs),
  };
}

function expiryOf({ ask, plan }: ContainmentInput, record: ContainmentRecord) {
  return {
    key: `${ask.requestId}/expired`,
    request: ask.requestId,
    action: plan.action,
    outcome: 'expired',
    target: plan.target.value,
    digest: record.digest,
  };
}
