import { ActivityFailure } from '@temporalio/workflow';
import type { ContainmentState, Posted, Posting } from '#domain/card.ts';
import type { ContainmentRecord } from './containment-record.ts';
import { createSeats, type Seat } from './containment-seats.ts';
import type { ContainmentInput } from './messages.ts';
import { show } from './proxies.ts';

/**
 * The cards of one containment: one in the chat where it was asked, one with each approver. Each is posted once and
 * edited from then on, one edit after the other. Nothing that decides waits for a card: Telegram may ask for hours of
 * patience.
 */
export function createContainmentCards(
  input: ContainmentInput,
  record: Pick<ContainmentRecord, 'state' | 'pressedOn'>,
) {
  const { state } = record;
  const { ask } = input;
  const { requester, approvers, posted, refs } = createSeats(input, record.pressedOn);
  let underWay = 0;
  let last: Promise<unknown> = Promise.resolve();

  const postingTo = (seat: Seat): Posting => ({
    to: seat.to,
    card: { kind: 'containment', reader: seat.reader, ask, state: state() },
    isSilent: seat.reader === 'requester',
    ...(seat.message === undefined ? {} : { edit: seat.message }),
    ...(seat.message === undefined && seat.reader === 'requester' ? { replyTo: ask.messageId } : {}),
  });
  const notices = (): Posting[] => {
    const replyTo = requester.message;
    if (replyTo === undefined || state().phase === 'withdrawn') return [];
    const card = { kind: 'containment', reader: 'notice', ask, state: state() } as const;
    return [{ to: requester.to, card, replyTo, isSilent: false }];
  };
  /** Draws the state of the moment at which its turn has come. Gives the names that Telegram lets nobody write to. */
  const showInTurn = async (
    seatsOf: () => readonly Seat[],
    more: () => readonly Posting[] = () => [],
  ): Promise<readonly string[]> => {
    underWay += 1;
    const turn = last.then(async () => {
      const seats = seatsOf();
      const shown = await tryToShow([...seats.map(postingTo), ...more()], state());
      underWay -= 1;
      for (const [at, seat] of seats.entries()) {
        const one = shown[at];
        if (!one || one.unreachable !== undefined) continue;
        seat.to = one.chat;
        seat.message = one.message;
      }
      return seats.filter((_, at) => shown[at]?.unreachable !== undefined).map((seat) => seat.name);
    });
    last = turn;
    return turn;
  };

  return {
    showRequester: async () => showInTurn(() => [requester]),
    askApprovers: async () => showInTurn(() => [requester, ...approvers]),
    showProgress: async () => showInTurn(() => [requester, ...posted()]),
    /** Shows how it ended. Edits make no sound, so the requester, who waits, gets a short message as well. */
    showEnd: async () => showInTurn(() => [requester, ...posted()], notices),
    /** Whether cards may yet come to places that are not known. */
    areUnderWay: () => underWay > 0 || requester.message === undefined,
    refs,
  };
}

/** Cards that could not be shown in days are given up; what was decided and done stands all the same. */
async function tryToShow(postings: readonly Posting[], state: ContainmentState): Promise<readonly Posted[]> {
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
