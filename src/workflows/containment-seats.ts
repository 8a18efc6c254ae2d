import type { ContainmentRecord } from './containment-record.ts';
import type { ContainmentInput } from './messages.ts';

/** A seat at the table: where one reader's card is, once it has been posted. A group may move to another id. */
export type Seat = { to: number; readonly reader: 'requester' | 'approver'; readonly name: string; message?: number };

/** Who has a card of a containment: whoever asked, everybody who may decide, and copies that were pressed on. */
export function createSeats({ ask, approvers: asked }: ContainmentInput, pressedOn: ContainmentRecord['pressedOn']) {
  const requester: Seat = { to: ask.chat.id, reader: 'requester', name: ask.by.name };
  const approvers: Seat[] = asked
    .filter((approver) => approver.name !== ask.by.name)
    .map(({ name, telegramId }) => ({ to: telegramId, reader: 'approver', name }));
  const left = new Set<string>();
  /** Cards that came twice, since Telegram's answer was lost: known once somebody has pressed on them. */
  const copies = (): Seat[] =>
    pressedOn().flatMap(({ chat, message }) => {
      const seat = [requester, ...approvers].find(({ to }) => to === chat);
      const isCopy = seat?.message !== undefined && seat.message !== message && !left.has(placeKey(chat, message));
      return isCopy ? [{ ...seat, message }] : [];
    });
  return {
    requester,
    approvers,
    /** The seat of a person, where they have one of their own; a person has it in the chat they ask from. */
    of: (name: string, chat?: number): Seat | undefined =>
      approvers.find((seat) => seat.name === name && (chat === undefined || seat.to === chat)) ??
      approvers.find((seat) => seat.name === name) ??
      (requester.name === name ? requester : undefined),
    /** Makes room for a new card in a chat of the same person; gives the place of the one that is drawn no more. */
    move: (seat: Seat, to: number): { readonly to: number; readonly message: number }[] => {
      const { to: before, message } = seat;
      seat.to = to;
      delete seat.message;
      if (message === undefined) return [];
      left.add(placeKey(before, message));
      return [{ to: before, message }];
    },
    posted: (): Seat[] => [...approvers.filter((seat) => seat.message !== undefined), ...copies()],
  };
}

function placeKey(chat: number, message: number): string {
  return `${chat}/${message}`;
}
