import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore, type Store } from '#store/open-store.ts';
import { DAY_MS, MINUTE_MS, toDay } from '#store/slot.ts';
import { meteredClaimOf } from './contract/fixture.ts';
import { startSqlite, type TestDatabase } from './databases.ts';

/** One request of a random schedule, all times in milliseconds of a virtual clock. */
type Request = {
  readonly arrivesAfterMs: number;
  /** How late it comes back after a wait. */
  readonly isLateByMs: number;
  /** Cancelled at its first wait: it never comes back. */
  readonly vanishes: boolean;
  readonly ends: 'answered' | 'unsent' | 'failed' | 'lost';
};

const request: fc.Arbitrary<Request> = fc.record({
  arrivesAfterMs: fc.oneof(fc.constant(0), fc.nat(30_000), fc.nat(200_000)),
  isLateByMs: fc.oneof(fc.constant(0), fc.nat(500), fc.nat(50_000), fc.nat(200_000)),
  vanishes: fc.boolean(),
  ends: fc.constantFrom('answered', 'unsent', 'failed', 'lost'),
});

const quota = fc.record({ perMinute: fc.integer({ min: 1, max: 4 }), perDay: fc.integer({ min: 3, max: 12 }) });

describe('the quota under random schedules', () => {
  let database: TestDatabase;
  let store: Store;
  let runs = 0;

  beforeAll(async () => {
    database = await startSqlite();
    store = await openStore(await database.createPlace());
  });
  afterAll(async () => {
    await store.close();
    await database.stop();
  });

  it('is never exceeded, starves nobody, and serves the punctual in the order they came', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 14 }), quota, async (requests, limits) => {
        runs += 1;

        const went = await play(store, `source-${runs}`, { requests, quota: limits });

        const counted = went.filter((call) => requests[call.index]?.ends !== 'unsent');
        expect(
          findExcess(
            counted.map((call) => call.ms),
            limits,
          ),
        ).toBeNull();
        const stayed = requests.flatMap((one, index) => (one.vanishes ? [] : [index]));
        expect(stayed.filter((index) => went.every((call) => call.index !== index))).toEqual([]);
        if (requests.every((one) => one.isLateByMs === 0)) {
          expect(went.map((call) => call.index)).toEqual(went.map((call) => call.index).toSorted((a, b) => a - b));
        }
      }),
      { numRuns: Number(process.env['TEST_PROPERTY_RUNS'] ?? 40) },
    );
  });
});

/** Plays a schedule on a virtual clock, half an hour before midnight; gives who called when, in order. */
async function play(
  store: Store,
  source: string,
  { requests, quota: limits }: { requests: readonly Request[]; quota: { perMinute: number; perDay: number } },
): Promise<{ index: number; ms: number }[]> {
  const went: { index: number; ms: number }[] = [];
  let ms = toDay(Date.parse('2026-03-02T00:00:00Z')) + DAY_MS - 30 * MINUTE_MS;
  const agenda = requests.map((one, index) => ({ index, ms: (ms += one.arrivesAfterMs) }));
  let turns = 0;
  for (let next = agenda.shift(); next !== undefined; next = agenda.shift()) {
    turns += 1;
    if (turns > 50 * requests.length) throw new Error(`Request ${next.index} comes back for ever`);
    const { index } = next;
    const one = requests[index];
    const now = new Date(next.ms).toISOString();
    const claimed = await store.lookups.claim(
      meteredClaimOf(0, { source, quota: limits, now, requestId: `request-${index}`, observableKey: `md5:${index}` }),
    );
    if (claimed.kind === 'wait') {
      if (one?.vanishes === true) continue;
      agenda.push({ index, ms: Date.parse(claimed.slotAt) + (one?.isLateByMs ?? 0) });
      agenda.sort((a, b) => a.ms - b.ms || a.index - b.index);
    } else if (claimed.kind === 'go') {
      went.push({ index, ms: next.ms });
      await end(store, { callId: claimed.callId, now }, one?.ends ?? 'answered');
    } else {
      throw new Error(`Unexpected: ${claimed.kind}`);
    }
  }
  return went;
}

async function end(store: Store, call: { callId: string; now: string }, how: Request['ends']): Promise<void> {
  if (how === 'lost') return store.lookups.lose(call);
  if (how !== 'answered') return store.lookups.abandon({ ...call, wasSent: how === 'failed' });
  await store.lookups.record({ ...call, report: { level: 'unknown', summary: 'Never seen', facts: [] } });
}

/** Words about the first minute or day with too many calls; null when there is none. `calls` are in order. */
function findExcess(calls: readonly number[], limits: { perMinute: number; perDay: number }): string | null {
  for (const [n, ms] of calls.entries()) {
    const minute = calls.slice(0, n + 1).filter((other) => other > ms - MINUTE_MS).length;
    const day = calls.slice(0, n + 1).filter((other) => toDay(other) === toDay(ms)).length;
    if (minute > limits.perMinute) return `${minute} calls in the minute up to call ${n}`;
    if (day > limits.perDay) return `${day} calls on the day of call ${n}`;
  }
  return null;
}
