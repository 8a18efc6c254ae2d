import type { Posting } from '#domain/card.ts';
import { createTurns } from './card-turns.ts';
import { createPostings } from './containment-postings.ts';
import type { ContainmentRecord } from './containment-record.ts';
import { createSeats } from './containment-seats.ts';
import type { ContainmentInput, Reader } from './messages.ts';

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
  const seats = createSeats(input, record.pressedOn);
  const { requester, approvers, posted } = seats;
  const { cardOf, postingTo, ring } = createPostings(ask, state);
  const { showInTurn, isTold } = createTurns({ postingTo, state });
  const noticeOf = (): Posting[] => (state().phase === 'withdrawn' ? [] : ring(requester, 'notice'));
  const all = () => [requester, ...posted()];

  return {
    isTold,
    showRequester: async () => showInTurn(() => [requester]),
    askApprovers: async () => showInTurn(() => [requester, ...approvers]),
    /** Draws every card anew, or those of some people alone. */
    redraw: async (names: readonly string[] | 'all') =>
      showInTurn(() => (names === 'all' ? all() : all().filter(({ name }) => names.includes(name)))),
    /** Shows how it ended. Edits make no sound, so the requester, who waits, gets a short message as well. */
    showEnd: async () => showInTurn(all, noticeOf),
    /** Rings for those who have not approved yet: edits make no sound. */
    remind: async (readers: readonly Reader[] | 'approvers') =>
      showInTurn(
        () => [],
        () =>
          approvers
            .filter(({ name }) => readers === 'approvers' || readers.some((reader) => reader.name === name))
            .filter(({ name }) => !state().approvedBy.includes(name))
            .flatMap((seat) => ring(seat, 'reminder')),
      ),
    /** Posts a person's card again at the end of their chat; what stays above says so and has no buttons. */
    bring: async ({ name, telegramId }: Reader) => {
      const left: Posting[] = [];
      return showInTurn(
        () => {
          const seat = seats.of(name, telegramId);
          if (seat?.reader !== 'approver') return [];
          for (const { to, message } of seats.move(seat, telegramId))
            left.push({ to, edit: message, card: cardOf('moved', seat.name), isSilent: true });
          return [seat];
        },
        () => left,
      );
    },
  };
}

export type ContainmentCards = ReturnType<typeof createContainmentCards>;
