import { setTimeout as delay } from 'node:timers/promises';
import type { PhoneMessage } from '#range/telegram/phone.ts';
import { hasButton, YES } from '#support/journey-phone.ts';
import type { Load } from './load.ts';
import { runClosedLoop } from './loops.ts';
import { readRssMb } from './processes.ts';
import { ANALYSTS, nextAddress, RESPONDER } from './scenario.ts';
import type { SocBotUnderTest } from './socbot-system.ts';
import { lookTwice, pressNow } from './under-test.ts';

export type Waiting = {
  readonly count: number;
  /** More memory of worker and bot than before, after the burst and once they have rested; MiB. */
  readonly extraRssMb: number;
  readonly extraRssAtOnceMb: number;
  /** From the kill of everything to the answer to the first press, and to the first block put in the list; seconds. */
  readonly firstAnswerSeconds: number;
  /** Presses answered a second afterwards. */
  readonly pressesPerSecond: number;
};

export type WaitingPlan = {
  readonly count: number;
  /** How long bot and worker rest before they are weighed again. */
  readonly restMs: number;
  readonly presses: number;
};

const SLOTS = 20;

/** Has many approvals wait, weighs the processes, kills everything, and sees how soon a press is answered. */
export async function measureWaiting(socbot: SocBotUnderTest, load: Load, plan: WaitingPlan): Promise<Waiting> {
  const weigh = (): number => socbot.pids().reduce((sum, pid) => sum + readRssMb(pid), 0);
  const before = weigh();
  const since = await newestId(load);
  const chatOf = (slot: number): number => ANALYSTS[slot]?.id ?? 0;
  await runClosedLoop({ count: plan.count, slots: SLOTS }, async (slot) => {
    const { chat, id } = await load.send(chatOf(slot), `/block ${nextAddress()} 1h`);
    await load.waitFor(chat, id, (card) => card.replyTo === id && hasButton('Withdraw')(card));
  });
  const atOnce = weigh();
  await delay(plan.restMs);
  const rested = weigh();
  const gates = (await load.people.messages({ chat: RESPONDER.id, as: RESPONDER.id, after: since })).filter(
    hasButton('Approve'),
  );
  // The newest: to see what became of one is to read its chat from there on, and that is not to be measured.
  const pressed: PhoneMessage[] = [];
  const toOpen = gates.slice(-plan.presses);
  await runClosedLoop({ count: toOpen.length, slots: SLOTS }, async () => {
    const gate = toOpen.pop();
    if (gate) pressed.push(await lookTwice(load, gate));
  });
  const first = pressed.pop();
  if (!first) throw new Error('no approval is waiting');

  const killedAt = performance.now();
  await Promise.all([socbot.bot.kill(), socbot.worker.kill(), socbot.temporal.kill()]);
  await Promise.all([socbot.temporal.start(), socbot.bot.start(), socbot.worker.start()]);
  await approve(load, first);
  const firstAnswerSeconds = (performance.now() - killedAt) / 1000;

  const { length } = pressed;
  const drainedFrom = performance.now();
  await runClosedLoop({ count: pressed.length, slots: SLOTS }, async () => {
    const gate = pressed.pop();
    if (gate) await approve(load, gate);
  });
  const drainSeconds = (performance.now() - drainedFrom) / 1000;
  return {
    count: plan.count,
    extraRssMb: rested - before,
    extraRssAtOnceMb: atOnce - before,
    firstAnswerSeconds,
    pressesPerSecond: length / drainSeconds,
  };
}

/** Says yes at the second look, which was open before the kill, and waits until the card shows what came of it. */
async function approve(load: Load, look: PhoneMessage): Promise<void> {
  await pressNow(load, look, YES);
  await load.waitFor(look.chat, look.id - 1, (message) => message.id === look.id && !hasButton(YES)(message));
}

async function newestId(load: Load): Promise<number> {
  return (await load.people.messages({ chat: RESPONDER.id, as: RESPONDER.id })).at(-1)?.id ?? 0;
}
