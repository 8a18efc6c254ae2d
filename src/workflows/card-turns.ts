import { ActivityFailure } from '@temporalio/workflow';
import type { Posted, Posting } from '#domain/card.ts';
import type { ContainmentState } from '#domain/containment-state.ts';
import type { Seat } from './containment-seats.ts';
import { show } from './proxies.ts';

type Drawing = { readonly postingTo: (seat: Seat) => Posting; readonly state: () => ContainmentState };

/** Shows cards one turn after the other, each with the state of the moment at which its turn has come. */
export function createTurns({ postingTo, state }: Drawing) {
  let last: Promise<unknown> = Promise.resolve();
  let untold = 0;
  return {
    isTold: (): boolean => untold === 0,
    /** Shows the cards of some seats, and more. Gives the names that Telegram lets nobody write to. */
    showInTurn: async (
      seatsOf: () => readonly Seat[],
      more: () => readonly Posting[] = () => [],
    ): Promise<readonly string[]> => {
      untold += 1;
      const turn = last.then(async () => {
        const seats = seatsOf();
        const shown = await tryToShow([...seats.map(postingTo), ...more()], state());
        for (const [at, seat] of seats.entries()) {
          const one = shown[at];
          if (!one || one.unreachable !== undefined) continue;
          seat.to = one.chat;
          seat.message = one.message;
        }
        untold -= 1;
        return seats.filter((_, at) => shown[at]?.unreachable !== undefined).map((seat) => seat.name);
      });
      last = turn;
      return turn;
    },
  };
}

/** Cards that could not be shown in days are given up; what was decided and done stands all the same. */
async function tryToShow(postings: readonly Posting[], state: ContainmentState): Promise<readonly Posted[]> {
  if (postings.length === 0) return [];
  try {
    return await show(postings, summaryOf(state));
  } catch (error) {
    if (error instanceof ActivityFailure) return [];
    throw error;
  }
}

function summaryOf(state: ContainmentState): string {
  return state.phase === 'awaiting_approval' ? 'Ask for approval' : `Show: ${state.phase.replaceAll('_', ' ')}`;
}
