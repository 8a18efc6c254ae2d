import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { refOf } from '#domain/ids.ts';
import {
  type AnswerInput,
  type ContainmentInput,
  type LookUpInput,
  type RequestMemo,
  TASK_QUEUE,
} from '#workflows/messages.ts';
import { SocDeadline, SocKind, SocPhase, SocRef, SocRequester, SocSubject } from '#workflows/search-attributes.ts';
import { callEngine } from './engine-call.ts';

export type RequestStart = {
  readonly kind: 'look_up' | 'containment' | 'answer';
  readonly type: 'lookUp' | 'requestContainment' | 'answer';
  /** Where it begins; an answer is over at once and has none. */
  readonly phase?: 'running' | 'awaiting_approval';
  readonly input: LookUpInput | ContainmentInput | AnswerInput;
  readonly memo: RequestMemo;
  readonly deadline?: Date;
  /** What a containment is about, as a hash. */
  readonly subject?: string;
};

/** An engine that hangs is said to hang soon; the update is offered again, and starts nothing twice. */
const DEADLINE_MS = 4_000;

/**
 * Starts a request under the id of its update. The same update again finds it started, and nothing happens: false then.
 */
export async function startRequest(client: Client, request: RequestStart): Promise<boolean> {
  const { ask, title } = request.memo;
  const start = async () =>
    client.workflow.start(request.type, {
      workflowId: ask.requestId,
      taskQueue: TASK_QUEUE,
      args: [request.input],
      memo: request.memo,
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      workflowIdConflictPolicy: 'FAIL',
      staticSummary: `${title}, asked by ${ask.by.name}`,
      typedSearchAttributes: [
        { key: SocKind, value: request.kind },
        ...(request.phase ? [{ key: SocPhase, value: request.phase }] : []),
        { key: SocRef, value: refOf(ask.requestId) },
        { key: SocRequester, value: String(ask.by.telegramId) },
        ...(request.subject === undefined ? [] : [{ key: SocSubject, value: request.subject }]),
        ...(request.deadline ? [{ key: SocDeadline, value: request.deadline }] : []),
      ],
    });
  try {
    await callEngine(client, DEADLINE_MS, start);
    return true;
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    return false;
  }
}
