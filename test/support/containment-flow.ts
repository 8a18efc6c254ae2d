import type { ContainmentState } from '#domain/containment-state.ts';
import type { ContainmentPlan } from '#domain/containment.ts';
import type { ContainmentInput } from '#workflows/messages.ts';
import type { Shown } from './fake-messenger.ts';
import { askOf, containmentInput, PEOPLE, pressBy } from './soc-requests.ts';
import type { WorkflowRig } from './workflow-rig.ts';

type Bench = Pick<WorkflowRig, 'client' | 'desk' | 'telegram'>;

/** A request for containment under way. */
export type Flow = Awaited<ReturnType<typeof startContainment>>;

/** Starts a request of Ana's, and gives what a test needs to follow it. */
export async function startContainment(rig: Bench, plan: ContainmentPlan, rest: Partial<ContainmentInput> = {}) {
  const input = containmentInput(rest.ask ?? askOf(), plan, rest);
  const { requestId } = input.ask;
  await rig.desk.startContainment(input, { ask: input.ask, title: 'Block it', plan });
  const handle = rig.client.workflow.getHandle<(input: ContainmentInput) => Promise<ContainmentState>>(requestId);
  return {
    handle,
    input,
    requestId,
    /** Waits for the end; asked for only where there is one. */
    get ended() {
      return handle.result();
    },
    press: async (...[who, verb, more]: Parameters<typeof pressBy>) =>
      rig.desk.press(requestId, pressBy(who, verb, more)),
    /** Opens the second look and decides there, as a thumb does. */
    approve: async (who: Parameters<typeof pressBy>[0], more: Parameters<typeof pressBy>[2] = {}) => {
      await rig.desk.press(requestId, pressBy(who, 'review', more));
      return rig.desk.press(requestId, pressBy(who, 'approve', more));
    },
    deny: async (who: Parameters<typeof pressBy>[0], more: Parameters<typeof pressBy>[2] = {}) => {
      await rig.desk.press(requestId, pressBy(who, 'refuse', more));
      return rig.desk.press(requestId, pressBy(who, 'deny', more));
    },
    /** The state on the first card that says how it ended: what is held is followed on. */
    told: async (): Promise<ContainmentState> => {
      const isTold = ({ card }: Shown) =>
        card.kind === 'containment' &&
        card.ask.requestId === requestId &&
        !['still_wanted', 'awaiting_approval', 'acting'].includes(card.state.phase);
      return stateOf(await rig.telegram.until(isTold));
    },
    /** The first card of this request that is as wanted. */
    cardOf: async (isWanted: (state: ContainmentState, shown: Shown) => boolean): Promise<Shown> =>
      rig.telegram.until((shown) => {
        const { card } = shown;
        return card.kind === 'containment' && card.ask.requestId === requestId && isWanted(card.state, shown);
      }),
    /** The first card in somebody's own chat that is as wanted, and the state on it. */
    sees: async (who: keyof typeof PEOPLE, isWanted: (state: ContainmentState) => boolean = () => true) =>
      rig.telegram.until(({ card, to }) => {
        const isOwn = card.kind === 'containment' && card.ask.requestId === requestId;
        return isOwn && card.reader !== 'moved' && to === PEOPLE[who].telegramId && isWanted(card.state);
      }),
    /** What was shown in a chat, as phases in order. */
    phasesIn: (chat: number): string[] =>
      rig.telegram
        .of(requestId)
        .filter((shown) => shown.to === chat)
        .map((shown) => stateOf(shown).phase),
  };
}

/** Starts a request and has Rob approve the card he was sent; gives its end. */
export async function startApproved(rig: Bench, plan: ContainmentPlan, rest: Partial<ContainmentInput> = {}) {
  const flow = await startContainment(rig, plan, rest);
  await flow.cardOf((_, shown) => shown.to === PEOPLE.rob.telegramId);
  await flow.approve('rob');
  // Not a copy: that would ask for the end of a request that may have none for long.
  return Object.assign(flow, { state: await flow.told() });
}

/** The state of a containment that a card shows. */
export function stateOf({ card }: Shown): ContainmentState {
  if (card.kind !== 'containment') throw new Error(`not the card of a containment: ${card.kind}`);
  return card.state;
}

/** The end of the block that the first step reports; throws where it does not hold one. */
export function untilOf(state: ContainmentState): string {
  const outcome = state.steps[0]?.outcome;
  if (outcome?.outcome !== 'done' || outcome.until === null) throw new Error(JSON.stringify(state.steps));
  return outcome.until;
}
