import type { Ask } from '#domain/ask.ts';
import type { LookUpState } from '#domain/investigation.ts';
import type { LookUpInput } from '#workflows/messages.ts';
import type { Shown } from './fake-messenger.ts';
import type { WorkflowRig } from './workflow-rig.ts';

/** Starts a look-up; gives its handle and its end. */
export async function startLookUp(rig: WorkflowRig, input: LookUpInput) {
  await rig.desk.startLookUp(input, { ask: input.ask, title: 'Look up 203.0.113[.]66' });
  const handle = rig.client.workflow.getHandle<(input: LookUpInput) => Promise<LookUpState>>(input.ask.requestId);
  return { handle, ended: handle.result() };
}

/** The first card of a look-up that is as wanted. */
export async function lookUpCardOf(
  rig: WorkflowRig,
  ask: Ask,
  isWanted: (state: LookUpState) => boolean = () => true,
): Promise<Shown> {
  return rig.telegram.until(
    ({ card }) => card.kind === 'look_up' && card.ask.requestId === ask.requestId && isWanted(card.state),
  );
}

/** The state of a look-up that a card shows. */
export function shownState({ card }: Shown): LookUpState {
  if (card.kind !== 'look_up') throw new Error(`not the card of a look-up: ${card.kind}`);
  return card.state;
}
