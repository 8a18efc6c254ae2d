import { setTimeout as delay } from 'node:timers/promises';

/** Runs a task so many times, with so many under way at once: what can be done at most. `slot` is the runner's number. */
export async function runClosedLoop<Result>(
  { count, slots }: { readonly count: number; readonly slots: number },
  task: (slot: number) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  let left = count;
  const run = async (slot: number): Promise<void> => {
    while (left > 0) {
      left -= 1;
      results.push(await task(slot));
    }
  };
  await Promise.all(Array.from({ length: slots }, async (_, slot) => run(slot)));
  return results;
}

/** Starts a task at a fixed rate, whatever becomes of the ones before: what people do. Ends when all have ended. */
export async function runOpenLoop<Result>(
  { perSecond, seconds }: { readonly perSecond: number; readonly seconds: number },
  task: (at: number) => Promise<Result>,
): Promise<readonly PromiseSettledResult<Result>[]> {
  const startedAt = performance.now();
  const running: Promise<Result>[] = [];
  for (let at = 0; at < perSecond * seconds; at += 1) {
    await delay(Math.max(startedAt + (at * 1000) / perSecond - performance.now(), 0));
    const one = task(at);
    one.catch(() => undefined);
    running.push(one);
  }
  return Promise.allSettled(running);
}
