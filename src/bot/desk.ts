import type { Client } from '@temporalio/client';
import type { Ask } from '#domain/ask.ts';
import { type ContainmentPlan, subjectHashOf } from '#domain/containment.ts';
import type { LookUpState } from '#domain/investigation.ts';
import type { Press } from '#domain/press.ts';
import {
  type AnswerInput,
  type ContainmentInput,
  type Gap,
  type LookUpInput,
  lookUpState,
  type LookUpView,
  rearm,
  type RequestMemo,
  showView,
} from '#workflows/messages.ts';
import { createContainmentDesk } from './desk-containment.ts';
import { callEngine, nullIfGone } from './engine-call.ts';
import { pressRequest } from './press-request.ts';
import { startRequest } from './start-request.ts';

const READ_DEADLINE_MS = 4_000;
const GLANCE_DEADLINE_MS = 1_500;
const MOST_PLANS = 10_000;

/**
 * What the bot asks of the engine. Every start may be repeated. Throws EngineUnavailable when the engine cannot be
 * reached.
 */
export type Desk = ReturnType<typeof createDesk>;

/** Whose request it is, and exactly what it wants; null where it wants nothing done. */
type PlannedBy = { readonly requester: string; readonly requesterId: number; readonly plan: ContainmentPlan | null };

const NOBODY: PlannedBy = { requester: '', requesterId: 0, plan: null };

function plannedBy({ by }: Ask, plan: ContainmentPlan | undefined): PlannedBy {
  return { requester: by.name, requesterId: by.telegramId, plan: plan ?? null };
}

export function createDesk(client: Client) {
  /** The latest plans, so that a press need not ask the engine what it is about. */
  const plans = new Map<string, PlannedBy>();
  /** What a request wrote down at its start; null where it is gone. */
  const memoOf = async (requestId: string): Promise<RequestMemo | null> =>
    nullIfGone(async () => {
      const describe = async () => client.workflow.getHandle(requestId).describe();
      const { memo } = await callEngine(client, READ_DEADLINE_MS, describe);
      return memo && 'ask' in memo ? (memo as RequestMemo) : null;
    });
  return {
    ...createContainmentDesk(client),
    startLookUp: async (input: LookUpInput, memo: RequestMemo) => {
      await startRequest(client, { type: 'lookUp', kind: 'look_up', phase: 'running', input, memo });
    },
    startContainment: async (input: ContainmentInput, memo: RequestMemo) => {
      const deadline = new Date(Date.now() + input.stakes.rule.lifeMs);
      const subject = subjectHashOf(input.plan);
      const of = { type: 'requestContainment', kind: 'containment', phase: 'awaiting_approval' } as const;
      // One that runs already may want something else, asked for under other settings: what it wants is read from it.
      if (!(await startRequest(client, { ...of, input, memo, deadline, subject }))) return;
      if (plans.size >= MOST_PLANS) plans.clear();
      plans.set(input.ask.requestId, plannedBy(input.ask, input.plan));
    },
    startAnswer: async (input: AnswerInput, title: string, rest: Pick<RequestMemo, 'offer' | 'audit'> = {}) => {
      const memo = { ask: input.ask, title, ...rest };
      await startRequest(client, { type: 'answer', kind: 'answer', input, memo });
    },
    press: async (requestId: string, heard: Press) => pressRequest(client, requestId, heard),

    memoOf,

    /** Who asked for what, for the seal of a press; without a plan for a request that has none. */
    plannedBy: async (requestId: string): Promise<PlannedBy> => {
      const known = plans.get(requestId);
      if (known) return known;
      const memo = await memoOf(requestId);
      return memo ? plannedBy(memo.ask, memo.plan) : NOBODY;
    },

    /** Tells a running look-up how much its card shows; one that has ended draws no more. Nothing depends on it. */
    showView: async (requestId: string, view: LookUpView): Promise<void> => {
      const signal = async () => client.workflow.getHandle(requestId).signal(showView, view);
      await callEngine(client, GLANCE_DEADLINE_MS, signal).catch(() => undefined);
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
