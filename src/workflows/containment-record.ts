import { setCurrentDetails, setHandler, upsertSearchAttributes } from '@temporalio/workflow';
import { applyPress } from '#domain/approval.ts';
import type { ContainmentPhase, ContainmentState, Freeze } from '#domain/containment-state.ts';
import { digestOf, isRestriction } from '#domain/containment.ts';
import { expireGate, freezeGate, type Gate, openGate, rearmGate, withdrawGate } from '#domain/gate.ts';
import type { Impact } from '#domain/impact.ts';
import { changedPlan } from '#domain/plan-change.ts';
import { isPress, type Press, type PressOutcome } from '#domain/press.ts';
import { createCardNews } from './card-news.ts';
import { containmentDetails } from './details.ts';
import { isGap, isReader, isStepNews } from './heard.ts';
import { inTime } from './instants.ts';
import {
  bringCard,
  containmentState,
  type ContainmentInput,
  freeze,
  type Gap,
  press,
  pressLater,
  rearm,
  stepNews,
} from './messages.ts';
import { createPressGuard } from './press-guard.ts';
import { SocDeadline } from './search-attributes.ts';
import { createStepBook, type StepBook } from './step-book.ts';

type Memory = {
  readonly gate: Gate;
  readonly phase: ContainmentPhase;
  readonly unreachable: readonly string[];
  readonly surveyed: Pick<Impact, 'held' | 'unread'>;
  readonly freeze: Freeze | null;
  readonly gap?: Gap;
};

/** What is remembered of a request that has just been asked. */
function openMemory({ ask, plan, stakes, mayActAlone, isStale, freeze: frozen }: ContainmentInput): Memory {
  const isStopped = isRestriction(plan.action) && frozen !== null;
  const gate = openGate({
    requester: ask.by.name,
    requesterId: ask.by.telegramId,
    asked: plan,
    rule: stakes.rule,
    mayActAlone,
    expiresAt: inTime(stakes.rule.lifeMs),
    isConfirmed: !isStale,
  });
  return {
    gate: freezeGate(gate, isStopped),
    phase: isStale ? 'still_wanted' : 'awaiting_approval',
    unreachable: [],
    surveyed: { held: [], unread: [] },
    freeze: isStopped ? frozen : null,
  };
}

/**
 * What a request for containment remembers, and the messages that change it. Presses and the deadline meet in one gate,
 * on the engine's clock.
 */
export function openContainmentRecord(input: ContainmentInput) {
  const { plan, stakes } = input;
  const restricts = isRestriction(plan.action);
  const news = createCardNews();
  let memory: Memory = openMemory(input);
  const state = () => stateOf(input, memory, book.steps());
  const change = (next: Partial<Memory>) => {
    memory = { ...memory, ...next };
    setCurrentDetails(containmentDetails(state()));
  };
  const book = createStepBook(plan, () => {
    news.forAll();
    change({});
  });
  /** A deadline that moves is moved for those who search by it, too. */
  const move = (gate: Gate, more: Partial<Memory> = {}) => {
    change({ ...more, gate });
    news.forAll();
    if (gate.decision === null) upsertSearchAttributes([{ key: SocDeadline, value: new Date(gate.expiresAt) }]);
  };
  const guard = createPressGuard();
  const accept = (heard: Press): PressOutcome => {
    guard.note(heard);
    const before = memory.gate;
    const { gate, outcome } = applyPress(before, heard, inTime(0));
    const isConfirmed = memory.phase === 'still_wanted' && gate.isConfirmed;
    if (gate.approvals !== before.approvals || gate.rev !== before.rev) news.forAll();
    if (gate.reviews !== before.reviews) news.of(heard.by.name);
    change({ gate, ...(isConfirmed ? { phase: 'awaiting_approval' } : {}) });
    return outcome;
  };
  const giveBack = (lost: Gap) => {
    if (memory.gap?.to === lost.to) return;
    move(rearmGate(memory.gate, Date.parse(lost.to) - Date.parse(lost.from)), { gap: lost });
  };
  const setFreeze = (next: Freeze | null) => {
    if (!restricts || memory.gate.decision) return;
    news.forAll();
    change({ gate: freezeGate(memory.gate, next !== null), freeze: next });
  };

  listen({ accept, giveBack, setFreeze, state, guard, news, book });
  change({});

  return {
    state,
    gate: () => memory.gate,
    /** Steps of what was approved; before, of what is proposed. */
    plan: () => planOf(memory.gate),
    book,
    hasNews: news.has,
    takeNews: news.take,
    enter: (phase: ContainmentPhase) => change({ phase }),
    pressedOn: guard.pressedOn,
    expire: () => change({ gate: expireGate(memory.gate) }),
    /** Ended by somebody who is none of the people on the cards. */
    withdraw: (by: string) => change({ gate: withdrawGate(memory.gate, by, inTime(0)), phase: 'withdrawn' }),
    /** The approval's life begins when the approvers are asked. */
    startClock: () => move({ ...memory.gate, expiresAt: inTime(stakes.rule.lifeMs) }),
    missedBy: (unreachable: readonly string[]) => change({ unreachable }),
    surveyed: (surveyed: Memory['surveyed']) => change({ surveyed }),
  };
}

type Ears = {
  readonly accept: (heard: Press) => PressOutcome;
  readonly giveBack: (lost: Gap) => void;
  readonly setFreeze: (next: Freeze | null) => void;
  readonly state: () => ContainmentState;
  readonly guard: Pick<ReturnType<typeof createPressGuard>, 'refuse'>;
  readonly news: Pick<ReturnType<typeof createCardNews>, 'bring'>;
  readonly book: Pick<StepBook, 'hear'>;
};

/** Every message that a request takes. */
function listen({ accept, giveBack, setFreeze, state, guard, news, book }: Ears): void {
  setHandler(press, accept, { validator: guard.refuse, description: 'A press of a button on one of the cards' });
  setHandler(pressLater, (heard) => void (isPress(heard) && accept(heard)), {
    description: 'The same, stored while no worker could answer',
  });
  setHandler(rearm, (heard) => void (isGap(heard) && giveBack(heard)), {
    description: 'Presses were lost in this time: draw the cards anew',
  });
  setHandler(freeze, (heard) => void (typeof heard === 'object' && setFreeze(heard)), {
    description: 'Everything is stopped, or goes on',
  });
  setHandler(bringCard, (heard) => void (isReader(heard) && news.bring(heard)), {
    description: 'Somebody looks for their card',
  });
  setHandler(stepNews, (heard) => void (isStepNews(heard) && book.hear(heard)), {
    description: 'What became of a step, told by its lease',
  });
  setHandler(containmentState, state, { description: 'What the cards show' });
}

export type ContainmentRecord = ReturnType<typeof openContainmentRecord>;

function planOf({ asked, choice }: Gate) {
  return changedPlan(asked, choice) ?? asked;
}

function stateOf(input: ContainmentInput, memory: Memory, steps: ContainmentState['steps']): ContainmentState {
  const { gate, phase, unreachable, gap, surveyed, freeze: frozen } = memory;
  const plan = planOf(gate);
  return {
    phase,
    asked: gate.asked,
    choice: gate.choice,
    plan,
    digest: digestOf(plan),
    reason: input.reason,
    requester: gate.requester,
    basis: input.basis,
    stakes: input.stakes,
    impact: { ...input.impact, ...surveyed },
    mayActAlone: gate.mayActAlone,
    expiresAt: gate.expiresAt,
    rev: gate.rev,
    approvedBy: gate.approvals.map(({ by }) => by.name),
    reviews: gate.reviews,
    decision: gate.decision,
    steps,
    unreachable,
    ...(frozen ? { freeze: frozen } : {}),
    ...(gap ? { gap } : {}),
  };
}
