import { isPress, type Press } from '#domain/press.ts';
import { createPressedPlaces } from './pressed-places.ts';

/** Nobody needs more presses on one card; the engine takes two thousand of all, and then no decision any more. */
const MOST_OF_ONE_PERSON = 50;

/**
 * The validator of an update that carries a press: what is no press at all, and a flood by one person, is refused before it
 * can trip the workflow or fill its history, and leaves no trace. For that it notes who has pressed how often, and where.
 */
export function createPressGuard() {
  const taken = new Map<number, number>();
  const places = createPressedPlaces();
  return {
    refuse: (heard: unknown): void => {
      if (!isPress(heard)) throw new TypeError('this is no press of a button');
      if ((taken.get(heard.by.telegramId) ?? 0) >= MOST_OF_ONE_PERSON) throw new RangeError('too many presses');
    },
    note: ({ by, card }: Press): void => {
      taken.set(by.telegramId, (taken.get(by.telegramId) ?? 0) + 1);
      places.note(card);
    },
    pressedOn: places.all,
  };
}
