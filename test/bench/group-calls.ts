import { setTimeout as delay } from 'node:timers/promises';
import { GROUP } from '#support/stack-world.ts';
import type { Load } from './load.ts';
import { ANALYSTS, nextAddress } from './scenario.ts';

const ASKED = 5;
/** Long enough for an edit that nobody needed. */
const LOOK_AGAIN_MS = 1_500;

/** How many calls to Telegram a look-up in a group costs, reaction and all. */
export async function measureGroupCalls(load: Load): Promise<number> {
  await load.newCalls();
  const asker = ANALYSTS[0]?.id ?? 0;
  for (let asked = 0; asked < ASKED; asked += 1) {
    const { id } = await load.people.send({ from: asker, chat: GROUP, text: `/ioc ${nextAddress()}` });
    await load.people.waitFor({ chat: GROUP, as: asker, after: id }, ({ replyTo }) => replyTo === id, 30_000);
  }
  await delay(LOOK_AGAIN_MS);
  const calls = (await load.newCalls()).filter(({ chat }) => chat === GROUP);
  return calls.length / ASKED;
}
