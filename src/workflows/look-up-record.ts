import { setCurrentDetails, setHandler } from '@temporalio/workflow';
import { beginInvestigation, type LookUpState } from '#domain/investigation.ts';
import { isPress, type Press, type PressOutcome } from '#domain/press.ts';
import { isSettled, type SourceState } from '#domain/verdict.ts';
import { lookUpDetails } from './details.ts';
import { type LookUpInput, lookUpState, type LookUpView, press, pressLater, showView } from './messages.ts';
import { createPressGuard } from './press-guard.ts';

/** What a look-up remembers, and the messages that change it. */
export function openLookUpRecord(input: LookUpInput) {
  const answered: Record<string, PressOutcome> = {};
  let version = 0;
  let view: LookUpView = 'short';
  let state: LookUpState = {
    phase: input.asksFirst ? 'asks_first' : 'running',
    investigations: input.plans.map(beginInvestigation),
    markings: input.markings,
    ...(input.withheldAbove ? { withheldAbove: input.withheldAbove } : {}),
  };
  const change = (next: Partial<LookUpState>) => {
    state = { ...state, ...next };
    version += 1;
    setCurrentDetails(lookUpDetails(state));
  };
  const judge = (heard: Press): PressOutcome => {
    const isOwner = heard.by.name === input.ask.by.name || heard.by.role === 'admin';
    if (!isOwner) return { kind: 'not_permitted', needs: 'requester' };
    if (state.phase === 'done' || state.phase === 'cancelled') return { kind: 'stale_card' };
    if (heard.verb === 'confirm' && state.phase === 'asks_first') change({ phase: 'running' });
    if (heard.verb === 'withdraw') {
      change({ phase: 'cancelled' });
      return { kind: 'cancelled' };
    }
    return { kind: 'recorded', verb: heard.verb, missing: 0 };
  };
  const guard = createPressGuard();
  const accept = (heard: Press): PressOutcome => {
    guard.note(heard);
    return (answered[heard.pressId] ??= judge(heard));
  };

  setHandler(press, accept, { validator: guard.refuse, description: 'A press of a button on the card' });
  setHandler(pressLater, (heard) => void (isPress(heard) && accept(heard)), {
    description: 'The same, stored while no worker could answer',
  });
  setHandler(showView, (wanted) => void (view = wanted === 'full' ? 'full' : 'short'), {
    description: 'More or Less was pressed on the card',
  });
  setHandler(lookUpState, () => state, { description: 'What the card shows' });
  setCurrentDetails(lookUpDetails(state));

  return {
    state: () => state,
    view: () => view,
    /** Grows with every change: a card that was drawn at an older version is out of date. */
    version: () => version,
    /** Whether a source still holds a place in the queue for its quota. */
    isWaiting: () => state.investigations.some((one) => one.sources.some((source) => source.state === 'waiting')),
    /** Whether all that is still open is a turn at somebody's quota. */
    isOnlyWaiting: () => state.investigations.every((one) => one.sources.every((source) => source.state !== 'asking')),
    isOver: () => state.phase === 'cancelled' || state.investigations.every((one) => isSettled(one.sources)),
    enter: (phase: LookUpState['phase']) => change({ phase }),
    settle: (observableAt: number, sourceId: string, next: SourceState) =>
      change({ investigations: withSource(state.investigations, { observableAt, sourceId, next }) }),
  };
}

function withSource(
  investigations: LookUpState['investigations'],
  { observableAt, sourceId, next }: { observableAt: number; sourceId: string; next: SourceState },
): LookUpState['investigations'] {
  return investigations.map((one, at) => {
    if (at !== observableAt) return one;
    const sources = one.sources.map((s) => (s.id === sourceId ? { id: s.id, title: s.title, ...next } : s));
    return { ...one, sources };
  });
}

export type LookUpRecord = ReturnType<typeof openLookUpRecord>;
