import type { Ask } from '#domain/ask.ts';
import type { ContainmentCard, Posting } from '#domain/card.ts';
import type { ContainmentState } from '#domain/containment-state.ts';
import type { Seat } from './containment-seats.ts';

/** Makes the postings of one containment, each with the state of the moment at which it is made. */
export function createPostings(ask: Ask, state: () => ContainmentState) {
  const cardOf = (reader: ContainmentCard['reader'], person: string): ContainmentCard => ({
    kind: 'containment',
    reader,
    person,
    ask,
    state: state(),
  });
  return {
    cardOf,
    /** The card of a seat: a new one, or in place of the one that is there. */
    postingTo: (seat: Seat): Posting => ({
      to: seat.to,
      card: cardOf(seat.reader, seat.name),
      isSilent: seat.reader === 'requester',
      ...(seat.message === undefined ? {} : { edit: seat.message }),
      ...(seat.message === undefined && seat.reader === 'requester' ? { replyTo: ask.messageId } : {}),
    }),
    /** A short message with a sound, as an answer to the card of a seat. */
    ring: (seat: Seat, reader: 'notice' | 'reminder'): Posting[] =>
      seat.message === undefined
        ? []
        : [{ to: seat.to, card: cardOf(reader, seat.name), replyTo: seat.message, isSilent: false }],
  };
}
