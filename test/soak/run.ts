import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Command } from 'commander';
import { type Stack, startStack } from '#support/stack.ts';
import { examine, isSettled } from './findings.ts';
import { type Havoc, keepFailing, keepKilling } from './havoc.ts';
import { createOffers, offerOne, type Offers } from './offers.ts';
import { ANALYSTS, OUTSIDERS, RESPONDERS } from './people.ts';
import { createRandom, type Random } from './random.ts';

const program = new Command('soak')
  .description('lets people work while processes die and vendors fail, and then looks whether every promise was kept')
  .option('--seed <number>', 'the same seed makes the same choices', String(randomInt(1_000_000)))
  .option('--minutes <number>', 'how long people work; settling takes up to three minutes more', '1')
  .option('--per-second <number>', 'how many requests arrive a second', '1')
  .parse();
const { seed, minutes, perSecond } = program.opts<{ seed: string; minutes: string; perSecond: string }>();

const SETTLES_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 1_000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
say(`seed ${seed}, ${minutes} min, ${perSecond} requests a second`);
const random = createRandom(Number(seed));
const havoc: Havoc = { kills: {}, vendorFaults: 0, telegramFaults: 0, lostAnswers: 0 };
const offers = createOffers();
const stack = await startStack({
  actors: [...ANALYSTS, ...RESPONDERS, ...OUTSIDERS],
  settings: 'lookUps: { reuse: 7d }',
});
let isBroken = true;
try {
  await work(stack, random);
  const settledMs = await settle(stack, offers);
  const { violations, open, ...counts } = await examine(stack, offers, havoc);
  say(JSON.stringify({ seed: Number(seed), ...counts, ...havoc, settledMs }));
  for (const violation of violations) say(`VIOLATION ${violation}`);
  for (const one of open) say(one);
  if (settledMs === null) say(`VIOLATION not settled within ${SETTLES_WITHIN_MS / 1000} s`);
  isBroken = violations.length > 0 || settledMs === null;
} finally {
  await stack.close();
}
process.exit(isBroken ? 1 : 0);

/** People ask at a fixed rate, whatever happens; meanwhile everything happens. */
async function work(over: Stack, chance: Random): Promise<void> {
  const ending = new AbortController();
  // Each kind of trouble has chances of its own, so that one's timing does not change the other's choices.
  const trouble = Promise.all([
    keepKilling(over, createRandom(Number(seed) + 1), havoc, ending.signal),
    keepFailing(over, createRandom(Number(seed) + 2), havoc, ending.signal),
  ]);
  const total = Math.round(Number(minutes) * 60 * Number(perSecond));
  const startedAt = performance.now();
  for (let at = 0; at < total; at += 1) {
    await delay(Math.max(startedAt + (at * 1000) / Number(perSecond) - performance.now(), 0));
    await offerOne(over.people, chance, offers);
  }
  ending.abort();
  await trouble;
}

/** Waits for everything to come to its end, with nobody in the way any more; milliseconds, or null if it does not. */
async function settle(over: Stack, asked: Offers): Promise<number | null> {
  const startedAt = performance.now();
  const passed = (): number => performance.now() - startedAt;
  const acted = Promise.all(asked.acting);
  await Promise.race([acted, delay(SETTLES_WITHIN_MS, undefined, { ref: false })]);
  while (passed() < SETTLES_WITHIN_MS) {
    if (await isSettled(over, asked)) return Math.round(passed());
    await delay(LOOK_EVERY_MS);
  }
  return null;
}
