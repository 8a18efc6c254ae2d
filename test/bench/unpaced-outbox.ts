import type { Outbox } from '#activities/outbox.ts';

/** An outbox that never makes anybody wait. */
export function createOutbox(): Outbox {
  return { takeTurn: () => undefined, hold: () => undefined };
}
