import type { Desk } from '#bot/desk.ts';
import { EngineUnavailable } from '#bot/engine-unavailable.ts';
import type { PressResult } from '#bot/press-request.ts';
import type { ContainmentState, Freeze } from '#domain/containment-state.ts';
import { subjectHashOf } from '#domain/containment.ts';
import type { LookUpState } from '#domain/investigation.ts';
import type { Press } from '#domain/press.ts';
import type {
  AnswerInput,
  ContainmentInput,
  Gap,
  LookUpInput,
  LookUpView,
  Reader,
  RequestMemo,
} from '#workflows/messages.ts';

/** A request that the engine accepted. */
export type Start =
  | { readonly kind: 'look_up'; readonly input: LookUpInput; readonly memo: RequestMemo }
  | { readonly kind: 'containment'; readonly input: ContainmentInput; readonly memo: RequestMemo }
  | { readonly kind: 'answer'; readonly input: AnswerInput; readonly memo: RequestMemo };

/** What a test sets and reads of the engine. */
export type Engine = {
  /** Accepted requests in order; one per workflow id, as the engine keeps them. */
  readonly starts: Start[];
  /** Ids of all calls that wanted to start something, the vain and the repeated ones included. */
  readonly attempts: string[];
  readonly presses: { readonly requestId: string; readonly press: Press }[];
  readonly views: { readonly requestId: string; readonly view: LookUpView }[];
  readonly rearmed: { readonly requestId: string; readonly gap: Gap }[];
  /** Throws what a call shall end with instead of its effect. */
  fail: (requestId: string) => void;
  pressResult: PressResult;
  /** What every press is about, where it is not what was started here. */
  planned: Awaited<ReturnType<Desk['plannedBy']>> | null;
  /** Ids of running requests by filter. */
  running: (filter: string) => readonly string[];
  lookUpState: LookUpState | null;
  containmentState: ContainmentState | null;
  /** Whether the index of running requests knows what was started here. */
  knowsWaiting: boolean;
  readonly freezes: (Freeze | null)[];
  readonly brought: { readonly requestId: string; readonly reader: Reader }[];
  /** Resolves as soon as the starts are as wished; looks after every call. */
  readonly until: (isReached: () => boolean) => Promise<void>;
};

/** The engine as the bot sees it, in memory: starts are recorded, and repeats of one id change nothing. */
export function createFakeDesk(): { desk: Desk; engine: Engine } {
  const waiters = new Set<() => void>();
  const engine: Engine = {
    starts: [],
    attempts: [],
    presses: [],
    planned: null,
    views: [],
    rearmed: [],
    fail: () => undefined,
    pressResult: { kind: 'recorded', verb: 'approve', missing: 0 },
    running: () => [],
    lookUpState: null,
    containmentState: null,
    knowsWaiting: false,
    freezes: [],
    brought: [],
    until: async (isReached) =>
      new Promise((resolve) => {
        const look = () => {
          if (!isReached()) return;
          waiters.delete(look);
          resolve();
        };
        waiters.add(look);
        look();
      }),
  };
  const tell = () => {
    for (const look of waiters) look();
  };
  const start = (one: Start) => {
    const { requestId } = one.input.ask;
    engine.attempts.push(requestId);
    tell();
    engine.fail(requestId);
    if (!engine.starts.some(({ input }) => input.ask.requestId === requestId)) engine.starts.push(one);
    tell();
  };
  const desk: Desk = {
    startLookUp: async (input, memo) => start({ kind: 'look_up', input, memo }),
    startContainment: async (input, memo) => start({ kind: 'containment', input, memo }),
    startAnswer: async (input, title, offer) =>
      start({ kind: 'answer', input, memo: { ask: input.ask, title, ...offer } }),
    press: async (requestId, press) => {
      engine.attempts.push(press.pressId);
      engine.fail(press.pressId);
      engine.presses.push({ requestId, press });
      tell();
      return engine.pressResult;
    },
    memoOf: async (requestId) => engine.starts.find(({ input }) => input.ask.requestId === requestId)?.memo ?? null,
    plannedBy: async (requestId) => {
      if (engine.planned) return engine.planned;
      const memo = engine.starts.find(({ input }) => input.ask.requestId === requestId)?.memo;
      const { name = '', telegramId = 0 } = memo?.ask.by ?? {};
      return { requester: name, requesterId: telegramId, plan: memo?.plan ?? null };
    },
    showView: async (requestId, view) => void engine.views.push({ requestId, view }),
    lookUpStateOf: async () => engine.lookUpState,
    listRunning: async (filter) => engine.running(filter),
    findWaiting: async (subject) => {
      if (!engine.knowsWaiting) return null;
      const same = engine.starts.find((one) => one.kind === 'containment' && subjectHashOf(one.input.plan) === subject);
      return same?.input.ask.requestId ?? null;
    },
    containmentStateOf: async () => engine.containmentState,
    freezeWaiting: async (now) => {
      engine.freezes.push(now);
      return 0;
    },
    bringCard: async (requestId, reader) => {
      engine.brought.push({ requestId, reader });
      return true;
    },
    rearm: async (requestId, gap) => {
      engine.fail(requestId);
      engine.rearmed.push({ requestId, gap });
      tell();
    },
  };
  return { desk, engine };
}

/** An engine that cannot be reached for so many calls. */
export function failTimes(times: number): Engine['fail'] {
  let left = times;
  return () => {
    if (left === 0) return;
    left -= 1;
    throw new EngineUnavailable('no connection');
  };
}
