import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { Press } from '#domain/approval.ts';
import { digestOf } from '#domain/containment.ts';
import type { LookUpState } from '#domain/investigation.ts';
import {
  type AnswerInput,
  type ContainmentInput,
  type Gap,
  type LookUpInput,
  lookUpState,
  rearm,
  type RequestMemo,
} from '#workflows/messages.ts';
import { callEngine } from './engine-call.ts';
import { pressRequest } from './press-request.ts';
import { startRequest } from './start-request.ts';

const READ_DEADLINE_MS = 8_000;
const GLANCE_DEADLINE_MS = 1_500;
const MOST_DIGESTS = 10_000;

/**
 * What the bot asks of the engine. Every start may be repeated. Throws EngineUnavailable when the engine cannot be
 * reached.
 */
export type Desk = ReturnType<typeof createDesk>;

export function createDesk(client: Client) {
  /** Digests of the latest plans, so that a press need not ask the engine what it is about. */
  const digests = new Map<string, string>();
  return {
    startLookUp: async (input: LookUpInput, memo: RequestMemo) =>
      startRequest(client, { type: 'lookUp', kind: 'look_up', phase: 'running', input, memo }),
    startContainment: async (input: ContainmentInput, memo: RequestMemo) => {
      if (digests.size >= MOST_DIGESTS) digests.clear();
      digests.set(input.ask.requestId, digestOf(input.plan));
      const deadline = new Date(Date.now() + input.approvalLifeMs);
      const kind = 'containment';
      return startRequest(client, {
        type: 'requestContainment',
        kind,
        phase: 'awaiting_approval',
        input,
        memo,
        deadline,
      });
    },
    startAnswer: async (input: AnswerInput, title: string, offer: Pick<RequestMemo, 'offer'> = {}) => {
      const memo = { ask: input.ask, title, ...offer };
      return startRequest(client, { type: 'answer', kind: 'answer', phase: 'running', input, memo });
    },
    press: async (requestId: string, heard: Press) => pressRequest(client, requestId, heard),

    /** What a request wrote down at its start; null where it is gone. */
    memoOf: async (requestId: string): Promise<RequestMemo | null> =>
      nullIfGone(async () => {
        const describe = async () => client.workflow.getHandle(requestId).describe();
        const { memo } = await callEngine(client, READ_DEADLINE_MS, describe);
        return memo && 'ask' in memo ? (memo as RequestMemo) : null;
      }),

    /** The digest of the plan that a request is about; empty for a request without one. */
    digestOf: async (requestId: string): Promise<string> => {
      const known = digests.get(requestId);
      if (known !== undefined) return known;
      const describe = async () => client.workflow.getHandle(requestId).describe();
      const found = await nullIfGone(async () => callEngine(client, READ_DEADLINE_MS, describe));
      const plan = (found?.memo as Partial<RequestMemo> | undefined)?.plan;
      return plan ? digestOf(plan) : '';
    },

    /** A look-up's state, where a worker can tell it in a moment; null otherwise: nothing depends on it. */
    lookUpStateOf: async (requestId: string): Promise<LookUpState | null> => {
      const query = async () => client.workflow.getHandle(requestId).query(lookUpState);
      return callEngine(client, GLANCE_DEADLINE_MS, query).catch(() => null);
    },

    /** Ids of running requests that match a filter, the newest first. */
    listRunning: async (filter: string): Promise<readonly string[]> =>
      callEngine(client, READ_DEADLINE_MS, async () => {
        const found = await Array.fromAsync(client.workflow.list({ query: `${filter} AND ExecutionStatus="Running"` }));
        return found.map((execution) => execution.workflowId);
      }),

    /** Tells a waiting approval that presses were lost. One that has just ended needs no telling. */
    rearm: async (requestId: string, gap: Gap): Promise<void> => {
      const signal = async () => client.workflow.getHandle(requestId).signal(rearm, gap);
      await nullIfGone(async () => callEngine(client, READ_DEADLINE_MS, signal));
    },
  };
}

async function nullIfGone<Result>(read: () => Promise<Result>): Promise<Result | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}
