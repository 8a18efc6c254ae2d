import { setCurrentDetails, setHandler } from '@temporalio/workflow';
import {
  applyPress,
  expireGate,
  type Gate,
  openGate,
  type Press,
  type PressOutcome,
  rearmGate,
} from '#domain/approval.ts';
import type { ContainmentPhase, ContainmentState } from '#domain/card.ts';
import { digestOf, type OrderOutcome } from '#domain/containment.ts';
import { containmentDetails } from './details.ts';
import { inTime } from './instants.ts';
import { containmentState, type ContainmentInput, type Gap, orderDone, press, pressLater, rearm } from './messages.ts';

/**
 * What a request for containment remembers, and the messages that change it. Presses and the deadline meet in one gate,
 * on the engine's clock.
 */
export function openContainmentRecord(input: ContainmentInput) {
  const requester = input.ask.by.name;
  const digest = digestOf(input.plan);
  let gate = openGate({ requester, expiresAt: inTime(input.approvalLifeMs) });
  let phase: ContainmentPhase = input.isStale ? 'still_wanted' : 'awaiting_approval';
  let gap: Gap | undefined;
  let unreachable: readonly string[] = [];
  let outcomes: ContainmentState['outcomes'] = [];

  const state = (): ContainmentState => ({
    phase,
    plan: input.plan,
    digest,
    reason: input.reason,
    requester,
    basis: input.basis,
    expiresAt: gate.expiresAt,
    rev: gate.rev,
    decision: gate.decision,
    outcomes,
    unreachable,
    ...(gap ? { gap } : {}),
  });
  const change = (next: { gate?: Gate; phase?: ContainmentPhase }) => {
    gate = next.gate ?? gate;
    phase = next.phase ?? phase;
    setCurrentDetails(containmentDetails(state()));
  };
  const record = (system: string, outcome: OrderOutcome) => {
    if (outcomes.every((one) => one.system !== system)) outcomes = [...outcomes, { system, outcome }];
  };
  const accept = (heard: Press): PressOutcome => {
    const { gate: next, outcome } = applyPress(gate, { ...heard, at: inTime(0) });
    const isConfirmed = outcome.kind === 'recorded' && heard.verb === 'confirm' && phase === 'still_wanted';
    change({ gate: next, ...(isConfirmed ? { phase: 'awaiting_approval' } : {}) });
    return outcome;
  };

  setHandler(press, accept, { description: 'A press of a button on one of the cards' });
  setHandler(pressLater, (heard) => void accept(heard), {
    description: 'The same, stored while no worker could answer',
  });
  setHandler(orderDone, ({ system, outcome }) => record(system, outcome), { description: 'What became of the order' });
  setHandler(containmentState, state, { description: 'What the cards show' });
  setHandler(
    rearm,
    (lost) => {
      if (gap?.to === lost.to) return;
      gap = lost;
      change({ gate: rearmGate(gate, Date.parse(lost.to) - Date.parse(lost.from)) });
    },
    { description: 'Presses were lost in this time: draw the cards anew' },
  );
  change({});

  return {
    digest,
    state,
    record,
    gate: () => gate,
    isComplete: () => outcomes.length === input.plan.systems.length,
    enter: (next: ContainmentPhase) => change({ phase: next }),
    expire: () => change({ gate: expireGate(gate) }),
    /** The approval's life begins when the approvers are asked. */
    startClock: () => change({ gate: { ...gate, expiresAt: inTime(input.approvalLifeMs) } }),
    missedBy: (names: readonly string[]) => {
      unreachable = names;
    },
  };
}

export type ContainmentRecord = ReturnType<typeof openContainmentRecord>;
