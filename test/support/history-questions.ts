import { setTimeout as delay } from 'node:timers/promises';
import type { Posting } from '#domain/card.ts';
import type { Press } from '#domain/press.ts';
import { type AnswerInput, type LookUpInput, TASK_QUEUE } from '#workflows/messages.ts';
import { faultOf } from './fake-messenger.ts';
import { answer } from './fake-sources.ts';
import { addressOf, askOf, lookUpInput, pressBy } from './soc-requests.ts';
import type { WorkflowRig } from './workflow-rig.ts';

/** Lives one story, and gives the ids of the workflows that took part, by the name that their history shall have. */
export type Scenario = (rig: WorkflowRig) => Promise<Readonly<Record<string, string>>>;

/** The main paths of look-ups and answers, each as short as it can be told. */
export const QUESTIONS: readonly Scenario[] = [
  async (rig) => ({ 'look-up-quick': await lookUp(rig, lookUpInput(askOf())) }),
  async (rig) => ({ 'look-up-in-group': await lookUp(rig, slowInput(rig, { isPrivate: false })) }),
  async (rig) => ({ 'look-up-edits-its-card': await lookUp(rig, slowInput(rig, { isPrivate: true })) }),
  async (rig) => ({ 'look-up-rings': await lookUp(rig, queueingInput(rig, 31_000)) }),
  async (rig) => ({ 'look-up-waits-its-turn': await lookUp(rig, queueingInput(rig, 2_000)) }),
  async (rig) => {
    const ask = askOf();
    rig.sources.script(ask.requestId, 'beta', () => ({ kind: 'lost', askedAt: '2026-03-01T11:59:00.000Z' }));
    rig.sources.script(ask.requestId, 'gamma', () => {
      throw faultOf('gamma.unauthorized', 'the key was refused');
    });
    return { 'look-up-names-the-silent': await lookUp(rig, lookUpInput(ask)) };
  },
  async (rig) => {
    const presses = [pressBy('vic', 'withdraw'), pressBy('ana', 'withdraw')];
    return { 'look-up-cancelled': await lookUp(rig, slowInput(rig, { isPrivate: true }), presses) };
  },
  async (rig) => {
    const input = { ...lookUpInput(askOf()), asksFirst: true };
    return { 'look-up-asks-first': await lookUp(rig, input, [pressBy('ana', 'confirm')]) };
  },
  async (rig) => {
    const input = { ...lookUpInput(askOf()), asksFirst: true };
    return { 'look-up-thought-better-of': await lookUp(rig, input, [pressBy('ana', 'withdraw')]) };
  },
  async (rig) => {
    const card = { kind: 'note', tone: 'ok', title: 'Hello', lines: [] } as const;
    return { 'answer-shows-a-card': await answerWith(rig, { ask: askOf(), card }) };
  },
  async (rig) => ({ 'checkpoint-told': await takeCheckpoint(rig, CHECKPOINT) }),
  async (rig) => ({ 'checkpoint-nothing-new': await takeCheckpoint(rig, null) }),
  async (rig) => ({ 'reconcile-differs': await reconcile(rig, [DRIFT]) }),
  async (rig) => ({ 'reconcile-all-well': await reconcile(rig, []) }),
  async (rig) => ({ 'answer-reads-first': await answerWith(rig, { ask: askOf(), read: { what: 'status' }, edit: 5 }) }),
];

/** A question whose last source answers a moment after the first card. */
function slowInput(rig: WorkflowRig, { isPrivate }: { isPrivate: boolean }): LookUpInput {
  const ask = askOf({ isPrivate });
  rig.sources.script(ask.requestId, 'gamma', async () => {
    await delay(2_000);
    return answer('suspicious');
  });
  return { ...lookUpInput(ask), firstCardMs: 200 };
}

/** A question for which one key's quota is used up for a while. */
function queueingInput(rig: WorkflowRig, ms: number): LookUpInput {
  const ask = askOf();
  rig.sources.script(ask.requestId, 'alpha', (_, times) =>
    times === 1 ? { kind: 'wait', slotAt: new Date(Date.now() + ms).toISOString() } : answer('malicious'),
  );
  return { ...lookUpInput(ask), firstCardMs: 500 };
}

async function lookUp(rig: WorkflowRig, input: LookUpInput, presses: readonly Press[] = []): Promise<string> {
  const { requestId } = input.ask;
  await rig.desk.startLookUp(input, { ask: input.ask, title: 'Look up 203.0.113[.]66' });
  await rig.telegram.until(({ card }) => card.kind === 'look_up' && card.ask.requestId === requestId);
  for (const press of presses) await rig.desk.press(requestId, press);
  await rig.client.workflow.getHandle(requestId).result();
  return requestId;
}

async function answerWith(rig: WorkflowRig, input: AnswerInput): Promise<string> {
  await rig.desk.startAnswer(input, 'Answer', {});
  await rig.client.workflow.getHandle(input.ask.requestId).result();
  return input.ask.requestId;
}

const CHECKPOINT: Posting = {
  to: -1_002_000_000_009,
  card: {
    kind: 'checkpoint',
    size: 3,
    root: 'q83v',
    note: 'socbot-audit/ab\n3\nq83v\n\n\u2014 socbot-audit/ab AAAA\n',
  },
  isSilent: true,
};

const DRIFT: Posting = {
  to: 33,
  isSilent: false,
  card: {
    kind: 'drift',
    drifts: [
      {
        kind: 'gone',
        system: 'wall',
        target: addressOf(66),
        leaseId: 'tg-1-1',
        until: '2026-03-01T13:00:00.000Z',
        tellsUntil: null,
      },
    ],
  },
};

/** Lives one run of the schedule that compares. */
async function reconcile({ client, differences }: WorkflowRig, postings: readonly Posting[]): Promise<string> {
  const workflowId = postings.length > 0 ? 'reconcile-differs' : 'reconcile-all-well';
  differences.set(workflowId, postings);
  await client.workflow.execute('reconcile', { workflowId, taskQueue: TASK_QUEUE });
  return workflowId;
}

/** Lives one run of the schedule. */
async function takeCheckpoint({ client, checkpoints }: WorkflowRig, posting: Posting | null): Promise<string> {
  const workflowId = posting ? 'audit-checkpoint-told' : 'audit-checkpoint-nothing-new';
  if (posting) checkpoints.set(workflowId, posting);
  await client.workflow.execute('checkpoint', { workflowId, taskQueue: TASK_QUEUE });
  return workflowId;
}
