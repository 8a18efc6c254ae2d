import type { Load } from './load.ts';
import { runOpenLoop } from './loops.ts';
import { percentile } from './numbers.ts';
import { ANALYSTS } from './scenario.ts';
import type { UnderTest } from './under-test.ts';

/** One rate: how long a look-up took from the message to its card. */
export type RateStep = {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly done: number;
};

export type Ceiling = { readonly perSecond: number; readonly steps: readonly RateStep[] };

/** Beyond this the answers come later and later: more arrives than is done. */
const TOO_LATE_MS = 3_000;

/** Raises the rate of look-ups until they fall behind; gives the last rate at which they did not. */
export async function findCeiling(
  system: UnderTest,
  load: Load,
  { rates, seconds }: { readonly rates: readonly number[]; readonly seconds: number },
): Promise<Ceiling> {
  const steps: RateStep[] = [];
  for (const perSecond of rates) {
    const step = await tryRate(system, { perSecond, seconds });
    steps.push(step);
    if (step.p95Ms > TOO_LATE_MS) break;
  }
  const kept = steps.filter(({ p95Ms }) => p95Ms <= TOO_LATE_MS);
  await load.newCalls();
  return { perSecond: kept.at(-1)?.perSecond ?? 0, steps };
}

async function tryRate(
  system: UnderTest,
  { perSecond, seconds }: { perSecond: number; seconds: number },
): Promise<RateStep> {
  const results = await runOpenLoop({ perSecond, seconds }, async (at) => {
    const { sentAtMs } = await system.lookUp(ANALYSTS[at % ANALYSTS.length]?.id ?? 0);
    return Date.now() - sentAtMs;
  });
  const times = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  return {
    perSecond,
    p50Ms: percentile(times, 0.5),
    p95Ms: percentile(times, 0.95),
    done: times.length / results.length,
  };
}
