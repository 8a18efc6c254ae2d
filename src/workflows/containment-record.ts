import { setCurrentDetails, setHandler, upsertSearchAttributes } from '@temporalio/workflow';
import {
  applyPress,
  expireGate,
  isPress,
  type Gate,
  openGate,
  type Press,
  type PressOutcome,
  rearmGate,
  withdrawGate,
} from '#domain/approval.ts';
import type { ContainmentPhase, ContainmentState } from '#domain/card.ts';
import { digestOf, type OrderOutcome } from '#domain/containment.ts';
import { containmentDetails } from './details.ts';
import { inTime } from './instants.ts';
import { containmentState, type ContainmentInput, type Gap, orderDone, press, pressLater, rearm } from './messages.ts';
import { createPressGuard } from './press-guard.ts';
import { SocDeadline } from './search-attributes.ts';

type Memory = {
  readonly gate: Gate;
  readonly phase: ContainmentPhase;
  readonly outcomes: ContainmentState['outcomes'];
  readonly unreachable: readonly string[];
  readonly gap?: Gap;
};

/**
 * What a request for containment remembers, and the messages that change it. Presses and the deadline meet in one gate,
 * on the engine's clock.
 */
export function openContainmentRecord(input: ContainmentInput) {
  const digest = digestOf(input.plan);
  let memory: Memory = {
    gate: openGate({
      requester: input.ask.by.name,
      requesterId: input.ask.by.telegramId,
      expiresAt: inTime(input.approvalLifeMs),
      isConfirmed: !input.isStale,
    }),
    phase: input.isStale ? 'still_wanted' : 'awaiting_approval',
    outcomes: [],
    unreachable: [],
  };
  const state = () => stateOf(input, digest, memory);
  const change = (next: Partial<Memory>) => {
    memory = { ...memory, ...next };
    setCurrentDetails(containmentDetails(state()));
  };
  /** A deadline that moves is moved for those who search by it, too. */
  const move = (gate: Gate, more: Partial<Memory> = {}) => {
    change({ ...more, gate });
    if (gate.decision === null) upsertSearchAttributes([{ key: SocDeadline, value: new Date(gate.expiresAt) }]);
  };
  const record = (system: string, outcome: OrderOutcome) => {
    if (memory.outcomes.some((one) => one.system === system)) return;
    change({ outcomes: [...memory.outcomes, { system, outcome }] });
  };
  const guard = createPressGuard();
  const accept = (heard: Press): PressOutcome => {
    guard.note(heard);
    const { gate, outcome } = applyPress(memory.gate, heard, inTime(0));
    const isConfirmed = memory.phase === 'still_wanted' && gate.isConfirmed;
    change({ gate, ...(isConfirmed ? { phase: 'awaiting_approval' } : {}) });
    return outcome;
  };
  const giveBack = (lost: Gap) => {
    if (memory.gap?.to === lost.to) return;
    move(rearmGate(memory.gate, Date.parse(lost.to) - Date.parse(lost.from)), { gap: lost });
  };

  setHandler(press, accept, { validator: guard.refuse, description: 'A press of a button on one of the cards' });
  setHandler(pressLater, (heard) => void (isPress(heard) && accept(heard)), {
    description: 'The same, stored while no worker could answer',
  });
  setHandler(rearm, giveBack, { description: 'Presses were lost in this time: draw the cards anew' });
  setHandler(orderDone, ({ system, outcome }) => record(system, outcome), { description: 'What became of the order' });
  setHandler(containmentState, state, { description: 'What the cards show' });
  change({});

  return {
    digest,
    state,
    record,
    gate: () => memory.gate,
    isComplete: () => memory.outcomes.length === input.plan.systems.length,
    enter: (phase: ContainmentPhase) => change({ phase }),
    pressedOn: guard.pressedOn,
    expire: () => change({ gate: expireGate(memory.gate) }),
    /** Ended by somebody who is none of the people on the cards. */
    withdraw: (by: string) => change({ gate: withdrawGate(memory.gate, by, inTime(0)), phase: 'withdrawn' }),
    /** The approval's life begins when the approvers are asked. */
    startClock: () => move({ ...memory.gate, expiresAt: inTime(input.approvalLifeMs) }),
    missedBy: (unreachable: readonly string[]) => change({ unreachable }),
  };
}

export type ContainmentRecord = ReturnType<typeof openContainmentRecord>;

function stateOf(input: ContainmentInput, digest: string, memory: Memory): ContainmentState {
  const { gate, phase, outcomes, unreachable, gap } = memory;
  return {
    phase,
    plan: input.plan,
    digest,
    reason: input.reason,
    requester: gate.requester,
    basis: input.basis,
    expiresAt: gate.expiresAt,
    rev: gate.rev,
    decision: gate.decision,
    outcomes,
    unreachable,
    ...(gap ? { gap } : {}),
  };
}
