import type { ContainmentState, Posted, Posting } from '#domain/card.ts';
import type { ContainmentInput, ReaderCard } from './messages.ts';
import { show } from './proxies.ts';

/** A seat at the table: where one reader's card is, once it has been posted. */
type Seat = { readonly to: number; readonly reader: 'requester' | 'approver'; readonly name: string; message?: number };

/**
 * The cards of one containment: one in the chat where it was asked, one with each approver. Each is posted once and
 * edited from then on.
 */
export function createContainmentCards(input: ContainmentInput, state: () => ContainmentState) {
  const { ask } = input;
  const requester: Seat = { to: ask.chat.id, reader: 'requester', name: ask.by.name };
  const approvers: Seat[] = input.approvers
    .filter((approver) => approver.name !== ask.by.name)
    .map(({ name, telegramId }) => ({ to: telegramId, reader: 'approver', name }));

  const postingTo = (seat: Seat): Posting => ({
    to: seat.to,
    card: { kind: 'containment', reader: seat.reader, ask, state: state() },
    isSilent: seat.reader === 'requester',
    ...(seat.message === undefined ? {} : { edit: seat.message }),
    ...(seat.message === undefined && seat.reader === 'requester' ? { replyTo: ask.messageId } : {}),
  });
  const showSeats = async (seats: readonly Seat[]): Promise<readonly Posted[]> => {
    const posted = await show(seats.map(postingTo), summaryOf(state()));
    for (const [at, seat] of seats.entries()) {
      const one = posted[at];
      if (one && one.unreachable === undefined) seat.message = one.message;
    }
    return posted;
  };

  return {
    async showRequester(): Promise<void> {
      await showSeats([requester]);
    },
    /** Shows all cards; gives the names of the approvers whom Telegram does not let us write to. */
    async showAll(): Promise<readonly string[]> {
      const isAskedFor = state().phase === 'awaiting_approval';
      const seats = [requester, ...approvers.filter((seat) => isAskedFor || seat.message !== undefined)];
      const posted = await showSeats(seats);
      return seats.filter((_, at) => posted[at]?.unreachable !== undefined).map((seat) => seat.name);
    },
    /** Shows how it ended. Edits make no sound, so the requester, who waits, gets a short message as well. */
    async showEnd(): Promise<void> {
      const seats = [requester, ...approvers.filter((seat) => seat.message !== undefined)];
      const replyTo = requester.message;
      const isTold = replyTo !== undefined && state().phase !== 'withdrawn';
      const notice: Posting[] = isTold
        ? [
            {
              to: requester.to,
              card: { kind: 'containment', reader: 'notice', ask, state: state() },
              replyTo,
              isSilent: false,
            },
          ]
        : [];
      await show([...seats.map(postingTo), ...notice], summaryOf(state()));
    },
    refs(): readonly ReaderCard[] {
      return [requester, ...approvers].flatMap(({ to, reader, message }) =>
        message === undefined ? [] : [{ chat: to, message, reader }],
      );
    },
  };
}

function summaryOf(state: ContainmentState): string {
  return state.phase === 'awaiting_approval' ? 'Ask for approval' : `Show: ${state.phase.replaceAll('_', ' ')}`;
}
