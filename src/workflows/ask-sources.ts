import { ActivityFailure, ApplicationFailure, isCancellation, sleep } from '@temporalio/workflow';
import { FAULT_KINDS } from '#domain/fault.ts';
import type { PlannedSource } from '#domain/investigation.ts';
import type { Observable } from '#domain/observable.ts';
import type { Silence, SourceState } from '#domain/verdict.ts';
import { msUntil } from './instants.ts';
import type { LookUpRecord } from './look-up-record.ts';
import type { LookUpInput } from './messages.ts';
import { lookUpAt, type LookUpOutcome } from './proxies.ts';

/** Asks every planned source about every observable, all at once, and records each answer as it comes. */
export async function askSources(input: LookUpInput, record: LookUpRecord): Promise<void> {
  const questions = input.plans.flatMap((plan, at) =>
    plan.ask.map((source) => askOne(input, source, plan.observable, (next) => record.settle(at, source.id, next))),
  );
  await Promise.all(questions);
}

/** A reserved slot comes; being sent to wait again and again means that it is of no use to wait. */
const MOST_WAITS = 4;

async function askOne(
  input: LookUpInput,
  source: PlannedSource,
  observable: Observable,
  settle: (next: SourceState) => void,
): Promise<void> {
  const { requestId, by } = input.ask;
  // That somebody looks into what a chat must not hold is nobody else's to read there.
  const asker = input.withheldAbove ? '' : by.name;
  const call = { observable, requestId, by: asker, evenIfLost: input.evenIfLost };
  try {
    let outcome = await lookUpAt(source, call);
    for (let waits = 0; outcome.kind === 'wait' && waits < MOST_WAITS; waits += 1) {
      settle({ state: 'waiting', until: outcome.slotAt });
      await sleep(Math.max(msUntil(outcome.slotAt), 1_000), { summary: `${source.title}: next free slot` });
      outcome = await lookUpAt(source, call);
    }
    if (outcome.kind === 'wait') settle({ state: 'silent', why: 'rate_limited', detail: 'its quota is used up' });
    else settle(toSourceState(outcome));
  } catch (error) {
    if (!isCancellation(error)) settle({ state: 'silent', ...silenceOf(error) });
  }
}

function toSourceState(outcome: Exclude<LookUpOutcome, { kind: 'wait' }>): SourceState {
  if (outcome.kind === 'lost') return { state: 'silent', why: 'lost', detail: outcome.askedAt };
  const { report, answeredAt, sharedBy } = outcome;
  return { state: 'answered', report, answeredAt, ...(sharedBy ? { sharedBy } : {}) };
}

/** Why a source stayed silent, from the failure that ended its last attempt. */
function silenceOf(error: unknown): { why: Silence; detail: string } {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  if (cause instanceof ApplicationFailure) {
    const kind = FAULT_KINDS.find((one) => cause.type?.endsWith(`.${one}`));
    if (kind) return { why: kind, detail: cause.message };
  }
  return { why: 'late', detail: 'no answer in time' };
}
