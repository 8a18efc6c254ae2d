import { type Client, defaultPayloadConverter } from '@temporalio/client';
import type { RequestStep } from './view.ts';

type Step = { -readonly [Key in keyof RequestStep]: RequestStep[Key] };
type Place = { readonly workflowId: string; readonly runId: string };

const MOST_STEPS = 16;

/** The steps of one workflow, read from its history: what it asked for, when, and what came of it. */
export async function readSteps(client: Client, place: Place): Promise<readonly RequestStep[]> {
  const handle = client.workflow.getHandle(place.workflowId, place.runId);
  const [history, description] = await Promise.all([handle.fetchHistory(), handle.describe()]);
  const steps = new Map<string, Step>();
  for (const event of history.events ?? []) {
    const at = toIso(event.eventTime);
    const scheduled = event.activityTaskScheduledEventAttributes;
    const id = String(event.eventId);
    if (scheduled)
      steps.set(id, {
        text: textOf(scheduled.activityType?.name, event.userMetadata?.summary),
        state: 'running',
        ...startedAt(at),
      });
    const timer = event.timerStartedEventAttributes;
    const summary = summaryOf(event.userMetadata?.summary);
    if (timer && summary) steps.set(id, { text: summary, state: 'waiting', ...dueAt(at, timer.startToFireTimeout) });
    const update = event.workflowExecutionUpdateAcceptedEventAttributes;
    if (update) steps.set(id, { text: 'A press of a button', state: 'done', ...startedAt(at) });
    const ended = endOf(event);
    const step = ended && steps.get(ended.of);
    if (step) Object.assign(step, { state: ended.state }, at === undefined ? {} : { endedAt: at });
  }
  for (const pending of description.raw.pendingActivities ?? []) {
    const attempt = pending.attempt ?? 1;
    const step = [...steps.values()].find(
      (one) => one.state === 'running' && one.text.startsWith(pending.activityType?.name ?? '?'),
    );
    if (step && attempt > 1) step.detail = `attempt ${attempt}: ${pending.lastFailure?.message ?? ''}`.slice(0, 120);
  }
  // What is still to come stands last, whenever it was set.
  const told = [...steps.values()].toSorted((a, b) => Number(a.state === 'waiting') - Number(b.state === 'waiting'));
  return told.slice(-MOST_STEPS);
}

function endOf(
  event: NonNullable<
    Awaited<ReturnType<ReturnType<Client['workflow']['getHandle']>['fetchHistory']>>['events']
  >[number],
): { of: string; state: RequestStep['state'] } | null {
  const done = event.activityTaskCompletedEventAttributes ?? event.timerFiredEventAttributes;
  const failed = event.activityTaskFailedEventAttributes ?? event.activityTaskTimedOutEventAttributes;
  if (event.timerCanceledEventAttributes)
    return { of: String(event.timerCanceledEventAttributes.startedEventId), state: 'done' };
  if (done)
    return { of: String('scheduledEventId' in done ? done.scheduledEventId : done.startedEventId), state: 'done' };
  return failed ? { of: String(failed.scheduledEventId), state: 'failed' } : null;
}

function textOf(name: string | null | undefined, summary: Parameters<typeof summaryOf>[0]): string {
  const said = summaryOf(summary);
  return said ? `${name ?? ''} · ${said}` : (name ?? 'a step');
}

function summaryOf(
  payload: Parameters<typeof defaultPayloadConverter.fromPayload>[0] | null | undefined,
): string | null {
  if (!payload) return null;
  const text: unknown = defaultPayloadConverter.fromPayload(payload);
  return typeof text === 'string' ? text : null;
}

function startedAt(at: string | undefined) {
  return at === undefined ? {} : { startedAt: at };
}

/** When a timer is due, in words: the time that has gone by since it was set tells nobody anything. */
function dueAt(at: string | undefined, wait: Parameters<typeof toIso>[0]) {
  if (at === undefined) return {};
  const due = new Date(Date.parse(at) + Date.parse(toIso(wait) ?? '1970-01-01')).toISOString();
  return { detail: `at ${due.slice(11, 19)} UTC` };
}

function toIso(time: { seconds?: unknown; nanos?: number | null } | null | undefined): string | undefined {
  if (!time) return undefined;
  return new Date(Number(time.seconds ?? 0) * 1000 + Math.floor((time.nanos ?? 0) / 1e6)).toISOString();
}
