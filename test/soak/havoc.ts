import { setTimeout as delay } from 'node:timers/promises';
import type { FaultName } from '#connectors/simulator-faults.ts';
import type { Fault } from '#range/telegram/phone.ts';
import type { Stack } from '#support/stack.ts';
import type { Random } from './random.ts';

/** What was done to SocBot and to the world around it. */
export type Havoc = {
  kills: Record<string, number>;
  vendorFaults: number;
  telegramFaults: number;
  lostAnswers: number;
};

const VENDOR_FAULTS: readonly FaultName[] = [
  'slow',
  'rate-limited',
  'unavailable',
  'server-error',
  'drop-before',
  'drop-after',
  'html',
  'truncated',
];
const METHODS = ['sendMessage', 'editMessageText', 'answerCallbackQuery', 'getUpdates', 'setMessageReaction'];
const KILL_EVERY_MS = { least: 4_000, most: 14_000 };
const FAULT_EVERY_MS = { least: 300, most: 2_000 };
const DOWN_AT_MOST_MS = 2_500;

/** Kills a process, or all of them, again and again, and starts it again a moment later. Ends when told so, with all up. */
export async function keepKilling(stack: Stack, random: Random, havoc: Havoc, signal: AbortSignal): Promise<void> {
  const victims = ['bot', 'worker', 'temporal', 'everything'] as const;
  while (await isStillOn(random.between(KILL_EVERY_MS.least, KILL_EVERY_MS.most), signal)) {
    const victim = random.pick(victims);
    havoc.kills[victim] = (havoc.kills[victim] ?? 0) + 1;
    const downMs = random.between(0, DOWN_AT_MOST_MS);
    if (victim === 'everything') await stack.killAll();
    else await stack[victim].kill();
    await delay(downMs);
    if (victim === 'everything') await stack.startAll();
    else await stack[victim].start();
  }
}

/** Lets vendors and Telegram fail, now this way and now that. Ends when told so, with all healed. */
export async function keepFailing(stack: Stack, random: Random, havoc: Havoc, signal: AbortSignal): Promise<void> {
  while (await isStillOn(random.between(FAULT_EVERY_MS.least, FAULT_EVERY_MS.most), signal)) {
    if (random.isHit(0.5)) {
      const vendor = random.pick([...stack.vendors.values()]);
      vendor.setFaults([{ fault: random.pick(VENDOR_FAULTS), times: random.between(1, 2), delayMs: 2_000 }]);
      havoc.vendorFaults += 1;
    } else {
      const fault = telegramFault(random);
      await stack.people.setFault(fault);
      havoc.telegramFaults += 1;
      if (fault.method === 'sendMessage' && fault.kind === 'drop_after') havoc.lostAnswers += fault.times ?? 0;
    }
  }
  for (const vendor of stack.vendors.values()) vendor.setFaults([]);
  await stack.people.clearFaults();
}

function telegramFault(random: Random): Fault {
  const method = random.pick(METHODS);
  const times = random.between(1, 2);
  return random.pick<Fault>([
    { method, kind: 'status', status: 429, retryAfter: random.between(1, 3), times },
    { method, kind: 'status', status: 502, times },
    { method, kind: 'drop_before', times },
    { method, kind: 'drop_after', times },
    { method, kind: 'delay', delayMs: random.between(100, 1_500), times },
  ]);
}

async function isStillOn(waitMs: number, signal: AbortSignal): Promise<boolean> {
  await delay(waitMs, undefined, { signal }).catch(() => undefined);
  return !signal.aborted;
}
