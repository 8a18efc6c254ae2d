import { isPress } from '#domain/approval.ts';

/** An update's validator: what is no press at all is refused before it can trip the workflow, and leaves no trace. */
export function refuseOddPress(heard: unknown): void {
  if (!isPress(heard)) throw new TypeError('this is no press of a button');
}
