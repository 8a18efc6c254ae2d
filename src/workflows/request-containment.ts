import { CancellationScope, condition, isCancellation, log, upsertSearchAttributes } from '@temporalio/workflow';
import type { ContainmentState } from '#domain/containment-state.ts';
import { type Order, targetsOf } from '#domain/containment.ts';
import { type ContainmentCards, createContainmentCards } from './containment-cards.ts';
import { type ContainmentRecord, openContainmentRecord } from './containment-record.ts';
import { followHolds, phaseOf } from './follow-holds.ts';
import { msUntil } from './instants.ts';
import type { ContainmentInput } from './messages.ts';
import { orderLease } from './order-lease.ts';
import { note, survey } from './proxies.ts';
import { SocPhase } from './search-attributes.ts';
import { waitAtGate } from './wait-at-gate.ts';

/** A quick act goes straight to its result; only a slow one is worth a card that says "on its way". */
const QUICK_MS = 1_500;

/** An act that began within the window may take this long to be told: its own time, and the patience of the reading back. */
const LAST_WORD_MS = 11 * 60_000;

/**
 * A request to hold targets off or to let them go: asks the right people, waits at the gate, has exactly the approved plan
 * carried out by the lease of each step, and tells everybody what came of it, up to the end of the last hold. Silence is
 * not executed.
 */
export async function requestContainment(input: ContainmentInput): Promise<ContainmentState> {
  const record = openContainmentRecord(input);
  const cards = createContainmentCards(input, record);
  try {
    await decideAndAct(input, record, cards);
  } catch (error) {
    if (!isCancellation(error)) throw error;
    const isApproved = record.gate().decision?.kind === 'approved';
    await CancellationScope.nonCancellable(async () =>
      isApproved ? actAndFollow(input, record, cards) : tellWithdrawn(record, cards),
    );
    if (!isApproved) throw error;
  }
  return record.state();
}

/** Somebody ended the request from the Temporal UI: its cards must not go on offering a decision. */
async function tellWithdrawn(record: ContainmentRecord, cards: ContainmentCards): Promise<void> {
  const { decision } = record.gate();
  if (decision === null) record.withdraw('an engineer');
  else if (decision.kind !== 'approved') record.enter(decision.kind);
  upsertSearchAttributes([{ key: SocPhase, value: record.state().phase }]);
  await cards.showEnd();
}

async function decideAndAct(
  input: ContainmentInput,
  record: ContainmentRecord,
  cards: ContainmentCards,
): Promise<void> {
  if (input.isStale) await askWhetherStillWanted(input, record, cards);
  if (record.gate().decision === null) record.surveyed(await lookAround(input));
  await waitAtGate(input, record, cards);

  const decision = record.gate().decision?.kind ?? 'expired';
  // What was approved is carried out and told to its end, whoever ends the request meanwhile.
  if (decision === 'approved') return CancellationScope.nonCancellable(async () => actAndFollow(input, record, cards));
  record.enter(decision);
  upsertSearchAttributes([{ key: SocPhase, value: record.state().phase }]);
  // People are told also while the store is away.
  const shown = cards.showEnd();
  try {
    if (decision === 'expired') await note(expiryOf(input, record));
  } finally {
    await shown;
  }
  log.info('containment ended', { phase: decision, action: input.plan.action, digest: record.state().digest });
}

/** A request that was typed long ago asks its own author first. */
async function askWhetherStillWanted(
  { stakes }: ContainmentInput,
  record: ContainmentRecord,
  cards: ContainmentCards,
): Promise<void> {
  void cards.showRequester();
  const isAnswered = () => record.state().phase !== 'still_wanted' || record.gate().decision !== null;
  const isInTime = await condition(isAnswered, stakes.rule.lifeMs, { summary: 'Waits for the requester' });
  if (isInTime) record.startClock();
  else record.expire();
}

/** What the systems hold already. Nobody waits long for it, and what could not be read is said to be unknown. */
async function lookAround({ plan }: ContainmentInput): ReturnType<typeof survey> {
  try {
    return await survey(plan.steps);
  } catch (error) {
    if (isCancellation(error)) throw error;
    return { held: [], unread: [...new Set(plan.steps.map(({ system }) => system))] };
  }
}

async function actAndFollow(
  input: ContainmentInput,
  record: ContainmentRecord,
  cards: ContainmentCards,
): Promise<void> {
  await act(input, record, cards);
  upsertSearchAttributes([{ key: SocPhase, value: record.state().phase }]);
  const { bring } = record.takeNews();
  void cards.showEnd();
  for (const reader of bring) void cards.bring(reader);
  await followHolds(record, cards);
  log.info('containment ended', {
    phase: record.state().phase,
    action: input.plan.action,
    digest: record.state().digest,
  });
}

/** Hands the approved plan to the leases and waits for their word, at most until no act that began in time can be under way. */
async function act(input: ContainmentInput, record: ContainmentRecord, cards: ContainmentCards): Promise<void> {
  record.enter('acting');
  const order = orderOf(input, record);
  const { steps } = order.plan;
  await Promise.all(steps.map(async (step) => orderLease(step, order)));
  const isComplete = () => record.book.isComplete(steps);
  if (!(await condition(isComplete, QUICK_MS, { summary: 'Waits for the lease' }))) {
    void cards.redraw('all');
    const patienceMs = msUntil(order.notAfter) + LAST_WORD_MS;
    await condition(isComplete, patienceMs, { summary: 'Execution window' });
  }
  for (const step of steps) record.book.settle(step, { outcome: 'too_late' });
  // Where nothing ran for long, a hold may have ended by the time its beginning is told.
  record.enter(phaseOf(record.state()));
}

function orderOf(input: ContainmentInput, record: ContainmentRecord): Order {
  const { approvals } = record.gate();
  const { rule } = input.stakes;
  const plan = record.plan();
  const approvedMs = approvals.map(({ at }) => Date.parse(at)).filter(Number.isFinite);
  // From the last press on, also where no worker was there to take it: it is meant for then, not for later.
  const startMs = Math.min(Date.now(), approvedMs.length > 0 ? Math.max(...approvedMs) : Infinity);
  const after = (ms: number) => new Date(startMs + ms).toISOString();
  return {
    plan,
    digest: record.state().digest,
    requestId: input.ask.requestId,
    requester: input.ask.by.name,
    requesterId: input.ask.by.telegramId,
    approvals,
    reason: input.reason,
    until: plan.durationMs === null ? null : after(plan.durationMs),
    notAfter: after(rule.windowMs),
  };
}

function expiryOf({ ask, plan }: ContainmentInput, record: ContainmentRecord) {
  return {
    key: `${ask.requestId}/expired`,
    request: ask.requestId,
    action: plan.action,
    outcome: 'expired',
    target: targetsOf(plan)
      .map(({ value }) => value)
      .join(' '),
    digest: record.state().digest,
  };
}
