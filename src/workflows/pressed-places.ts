import type { Press } from '#domain/press.ts';

type Place = NonNullable<Press['card']>;

/** More copies of a request's cards than these are no accident of Telegram's. */
const MOST_PLACES = 20;

/**
 * The messages that were pressed on. Telegram may show a card and lose the answer that would have named it; the one that is
 * posted then is a second one, and the first is known only once somebody presses on it.
 */
export function createPressedPlaces() {
  const places = new Map<string, Place>();
  return {
    note: (card: Press['card']): void => {
      const isPlace = Number.isSafeInteger(card?.chat) && Number.isSafeInteger(card?.message);
      if (card && isPlace && places.size < MOST_PLACES) places.set(`${card.chat}/${card.message}`, card);
    },
    all: (): readonly Place[] => [...places.values()],
  };
}
