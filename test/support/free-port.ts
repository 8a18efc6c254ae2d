import { randomInt } from 'node:crypto';
import { findFreePort } from '#temporal/free-port.ts';

/** Systems give ports from here on to whoever connects (Linux: 32768, others: 49152), at any moment. */
const GIVEN_FROM = 32_768;
const LEAST = 20_000;

/** A port that nobody listens on, and that no connection is given before a server of the test comes to it, or back. */
export async function findQuietPort(): Promise<number> {
  return findFreePort(Array.from({ length: 20 }, () => randomInt(LEAST, GIVEN_FROM)));
}
