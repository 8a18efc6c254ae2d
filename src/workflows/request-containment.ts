import {
  ActivityFailure,
  CancellationScope,
  condition,
  isCancellation,
  log,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { ContainmentState } from '#domain/containment-state.ts';
import { type Order, targetsOf } from '#domain/containment.ts';
import type { GateDecision } from '#domain/decision.ts';
import { type ContainmentCards, createContainmentCards } from './containment-cards.ts';
import { type ContainmentRecord, openContainmentRecord } from './containment-record.ts';
import { followHolds, phaseOf } from './follow-holds.ts';
import { msUntil } from './instants.ts';
import type { ContainmentInput } from './messages.ts';
import { orderLease } from './order-lease.ts';
import { type AuditNote, note, survey } from './proxies.ts';
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
  const ended = await untilDecided(input, record, cards);
  // What was decided is carried out and told to its end, whoever ends the request meanwhile.
  const decision = await CancellationScope.nonCancellable(async () => conclude(input, record, cards));
  if (ended && decision !== 'approved') throw ended;
  return record.state();
}

/** Waits for a decision. Gives the cancellation, if somebody ended the request from the Temporal UI before there was one. */
async function untilDecided(
  input: ContainmentInput,
  record: ContainmentRecord,
  cards: ContainmentCards,
): Promise<Error | null> {
  try {
    if (input.isStale) await askWhetherStillWanted(input, record, cards);
    if (record.gate().decision === null) record.surveyed(await lookAround(input));
    await waitAtGate(input, record, cards);
    return null;
  } catch (error) {
    if (!(error instanceof Error && isCancellation(error))) throw error;
    if (record.gate().decision === null) record.withdraw('an engineer');
    return error;
  }
}

async function conclude(
  input: ContainmentInput,
  record: ContainmentRecord,
  cards: ContainmentCards,
): Promise<GateDecision['kind']> {
  const decision = record.gate().decision?.kind ?? 'expired';
  // People are told also while the store is away.
  const noted = tryToNote(decisionOf(input, record));
  if (decision === 'approved') await act(input, record, cards);
  else record.enter(decision);
  upsertSearchAttributes([{ key: SocPhase, value: record.state().phase }]);
  if (decision === 'approved') await tellAndFollow(record, cards);
  else await cards.showEnd();
  await noted;
  log.info('containment ended', {
    phase: record.state().phase,
    action: input.plan.action,
    digest: record.state().digest,
  });
  return decision;
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

async function tellAndFollow(record: ContainmentRecord, cards: ContainmentCards): Promise<void> {
  const { bring } = record.takeNews();
  void cards.showEnd();
  for (const reader of bring) void cards.bring(reader);
  await followHolds(record, cards);
}

/** Hands the approved plan to the leases and waits for their word, at most until no act that began in time can be under way. */
async function act(input: ContainmentInput, record: ContainmentRecord, cards: ContainmentCards): Promise<void> {
  record.enter('acting');
  upsertSearchAttributes([{ key: SocPhase, value: 'acting' }]);
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

/** A store that is away for long costs the record of a decision, whose presses and acts are on record all the same. */
async function tryToNote(decided: AuditNote): Promise<void> {
  try {
    await note(decided);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    log.warn('a decision is not on record', { key: decided.key });
  }
}

/** How it was decided, by whom, on what they saw. */
function decisionOf({ ask, plan, basis, reason }: ContainmentInput, record: ContainmentRecord) {
  const { decision } = record.gate();
  const by = !decision || decision.kind === 'expired' ? [] : decision.by.map((one) => one.by);
  const why = decision?.kind === 'denied' && decision.why !== '' ? [`their reason: ${decision.why}`] : [];
  const evidence = [...(reason ? [`asked because: ${reason}`] : []), ...(basis ? [`evidence: ${basis}`] : [])];
  const outcome = decision?.kind ?? 'expired';
  return {
    key: `${ask.requestId}/${outcome}`,
    request: ask.requestId,
    action: `decide ${plan.action}`,
    outcome,
    target: targetsOf(plan)
      .map(({ value }) => value)
      .join(' '),
    digest: record.state().digest,
    detail: [by.length > 0 ? `by ${by.join(' and ')}` : 'by nobody', ...why, ...evidence].join('; '),
  };
}
