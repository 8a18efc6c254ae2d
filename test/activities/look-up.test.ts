import { join } from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createLookUp } from '#activities/look-up.ts';
import { ConnectorError } from '#connectors/errors.ts';
import type { FaultKind } from '#domain/fault.ts';
import type { Report } from '#domain/report.ts';
import type { Source, SourceProfile } from '#domain/source.ts';
import { openStore } from '#store/open-store.ts';
import { StoreUnavailable } from '#store/store-unavailable.ts';
import { createScratchDirectory } from '#support/scratch-directory.ts';
import { SILENT_LOG } from '#support/silent-log.ts';
import { addressOf } from '#support/soc-requests.ts';
import type { LookUpCall, LookUpOutcome } from '#workflows/proxies.ts';

const REPORT: Report = { level: 'malicious', summary: '58 of 94 engines', facts: [] };
const FREE: SourceProfile = { id: 'alpha', title: 'Alpha', kinds: ['ipv4'], exposure: 'reputation_lookup' };
const METERED: SourceProfile = { ...FREE, quota: { perMinute: 2, perDay: 500 } };
const START = Date.parse('2026-03-01T12:00:00.000Z');

/** Failing is what many of these tests are about; the environment would warn of each. */
function createEnvironment(): MockActivityEnvironment {
  return new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') });
}

/** A source behind its activity, over a real ledger, at a time that the test sets. */
async function buildSource(profile: SourceProfile) {
  const store = await openStore({ file: join(createScratchDirectory(), 'socbot.db') });
  onTestFinished(store.close);
  let now = START;
  let lookUp: Source['lookUp'] = async () => REPORT;
  let asked = 0;
  const source: Source = {
    lookUp: async (...call) => {
      asked += 1;
      return lookUp(...call);
    },
  };
  const activity = createLookUp(profile, source, {
    lookups: store.lookups,
    reuseMs: 3_600_000,
    now: () => new Date(now).toISOString(),
    log: SILENT_LOG,
  });
  return {
    store,
    ask: async (rest: Partial<LookUpCall> = {}): Promise<LookUpOutcome> =>
      createEnvironment().run(activity, { ...CALL, ...rest }),
    activity,
    asked: () => asked,
    pass: (ms: number) => (now += ms),
    answerWith: (next: Source['lookUp']) => (lookUp = next),
    failWith: (error: unknown) =>
      (lookUp = async () => {
        throw error;
      }),
  };
}

function fault(kind: FaultKind, rest: { isAnswered?: boolean; isUndone?: boolean; retryAfterMs?: number } = {}) {
  return new ConnectorError({ connector: 'alpha', kind, message: `look-up: ${kind}`, ...rest });
}

const CALL: LookUpCall = { observable: addressOf(66), requestId: 'tg-1-1', by: 'ana', evenIfLost: false };
const OTHER = { requestId: 'tg-1-2', by: 'rob' };

describe('a look-up at a source', () => {
  it('gives the source’s report and when it came', async () => {
    const source = await buildSource(FREE);

    expect(await source.ask()).toEqual({ kind: 'report', report: REPORT, answeredAt: '2026-03-01T12:00:00.000Z' });
  });

  it('serves one answer to all who ask within its time, and says who asked and when', async () => {
    const source = await buildSource(FREE);
    await source.ask();
    source.pass(3_500_000);

    const shared = await source.ask(OTHER);

    expect(source.asked()).toBe(1);
    expect(shared).toEqual({
      kind: 'report',
      report: REPORT,
      answeredAt: '2026-03-01T12:00:00.000Z',
      sharedBy: { name: 'ana', askedAt: '2026-03-01T12:00:00.000Z' },
    });
  });

  it('asks anew once the answer is old', async () => {
    const source = await buildSource(FREE);
    await source.ask();
    source.pass(3_600_001);

    await source.ask(OTHER);

    expect(source.asked()).toBe(2);
  });

  it('repeated for the same request gives the same answer as its own', async () => {
    const source = await buildSource(METERED);
    const first = await source.ask();

    expect(await source.ask()).toEqual(first);
    expect(source.asked()).toBe(1);
  });

  it('waits in peace while somebody else’s call is under way, and shares what comes of it', async () => {
    const source = await buildSource(FREE);
    const { promise, resolve } = Promise.withResolvers<Report>();
    const isAsked = Promise.withResolvers<void>();
    source.answerWith(async () => {
      isAsked.resolve();
      return promise;
    });
    const first = source.ask();
    await isAsked.promise;

    await expect(source.ask(OTHER)).rejects.toMatchObject({
      type: 'alpha.asking',
      category: 'BENIGN',
      nonRetryable: false,
      nextRetryDelay: 400,
    });
    resolve(REPORT);
    await first;

    expect(await source.ask(OTHER)).toMatchObject({ kind: 'report', sharedBy: { name: 'ana' } });
    expect(source.asked()).toBe(1);
  });

  it('keeps observables apart', async () => {
    const source = await buildSource(FREE);
    await source.ask();
    await source.ask({ observable: addressOf(67) });

    expect(source.asked()).toBe(2);
  });

  it('hands the source the signal that ends its call', async () => {
    const source = await buildSource(FREE);
    const environment = createEnvironment();
    source.answerWith(async (_, signal) => {
      environment.cancel();
      signal.throwIfAborted();
      return REPORT;
    });

    const call = { observable: addressOf(66), requestId: 'tg-1-1', by: 'ana', evenIfLost: false };
    await expect(environment.run(source.activity, call)).rejects.toThrow();
  });
});

describe('a look-up at a metered source', () => {
  it('gets a place in the queue when the quota is used up, and its answer when its turn has come', async () => {
    const source = await buildSource(METERED);
    await source.ask({ requestId: 'tg-1-1', observable: addressOf(1) });
    await source.ask({ requestId: 'tg-1-2', observable: addressOf(2) });

    const waits = await source.ask({ requestId: 'tg-1-3', observable: addressOf(3) });
    const stillWaits = await source.ask({ requestId: 'tg-1-3', observable: addressOf(3) });
    source.pass(60_001);
    const answered = await source.ask({ requestId: 'tg-1-3', observable: addressOf(3) });

    expect(waits).toMatchObject({ kind: 'wait', slotAt: expect.stringMatching(/^2026-03-01T12:0[01]/) });
    expect(stillWaits).toEqual(waits);
    expect(answered.kind).toBe('report');
  });

  it.each(['unreachable', 'malformed_response'] as const)(
    'is lost, and not paid for again, when nobody knows what became of the call: %s',
    async (kind) => {
      const source = await buildSource(METERED);
      source.failWith(fault(kind));

      const first = await source.ask();
      const again = await source.ask(OTHER);

      expect([first.kind, again.kind]).toEqual(['lost', 'lost']);
      expect(source.asked()).toBe(1);
    },
  );

  it('is not asked on and on when it answers with a fault: every try spends its quota', async () => {
    const source = await buildSource(METERED);
    source.failWith(Object.assign(fault('unreachable'), { isAnswered: true }));

    await expect(source.ask()).rejects.toMatchObject({ nonRetryable: true });
  });

  it('is paid for again when a person insists', async () => {
    const source = await buildSource(METERED);
    source.failWith(fault('unreachable'));
    await source.ask();
    source.answerWith(async () => REPORT);

    expect(await source.ask({ ...OTHER, evenIfLost: true })).toMatchObject({ kind: 'report', report: REPORT });
  });

  it('is lost when the process dies while the call is under way', async () => {
    const source = await buildSource(METERED);
    const isAsked = Promise.withResolvers<void>();
    source.answerWith(async () => {
      isAsked.resolve();
      return new Promise<Report>(() => {});
    });
    void source.ask();
    await isAsked.promise;
    source.pass(20_000);

    expect(await source.ask()).toMatchObject({ kind: 'lost', askedAt: '2026-03-01T12:00:00.000Z' });
    expect(source.asked()).toBe(1);
  });

  it('is tried again when the call surely never left', async () => {
    const source = await buildSource(METERED);
    source.failWith(fault('unreachable', { isUndone: true }));

    await expect(source.ask()).rejects.toMatchObject({ type: 'alpha.unreachable', nonRetryable: false });
    source.answerWith(async () => REPORT);

    expect((await source.ask()).kind).toBe('report');
    expect(await source.store.lookups.usage({ source: 'alpha', now: new Date(START).toISOString() })).toMatchObject({
      minute: 1,
    });
  });

  it('is not lost when an answer came that nobody can read: asking again would bring the same', async () => {
    const source = await buildSource(METERED);
    source.failWith(fault('malformed_response', { isAnswered: true, isUndone: false }));

    await expect(source.ask()).rejects.toMatchObject({ type: 'alpha.malformed_response', nonRetryable: true });
  });

  it('counts a call that the vendor answered with a fault', async () => {
    const source = await buildSource(METERED);
    source.failWith(fault('unauthorized', { isAnswered: true }));

    await expect(source.ask()).rejects.toMatchObject({ type: 'alpha.unauthorized', nonRetryable: true });

    expect(await source.store.lookups.usage({ source: 'alpha', now: new Date(START).toISOString() })).toMatchObject({
      minute: 1,
    });
  });
});

describe('a look-up that fails', () => {
  it.each<[FaultKind, boolean]>([
    ['unreachable', false],
    ['rate_limited', false],
    ['unauthorized', true],
    ['not_found', true],
    ['refused', true],
    ['malformed_response', true],
  ])('for %s is given up at once: %j', async (kind, nonRetryable) => {
    const source = await buildSource(FREE);
    source.failWith(fault(kind));

    await expect(source.ask()).rejects.toMatchObject({
      type: `alpha.${kind}`,
      message: `look-up: ${kind}`,
      nonRetryable,
    });
  });

  it('waits as long as the vendor asks', async () => {
    const source = await buildSource(FREE);
    source.failWith(fault('rate_limited', { retryAfterMs: 17_000, isAnswered: true }));

    await expect(source.ask()).rejects.toMatchObject({ nextRetryDelay: 17_000 });
  });

  it('is asked again, where it costs nothing', async () => {
    const source = await buildSource(FREE);
    source.failWith(fault('unreachable'));
    await expect(source.ask()).rejects.toMatchObject({ type: 'alpha.unreachable' });
    source.answerWith(async () => REPORT);

    expect((await source.ask()).kind).toBe('report');
  });

  it('is tried again when the store is away, and says so without a secret', async () => {
    const source = await buildSource(METERED);
    source.failWith(new StoreUnavailable('SQLITE_FULL'));

    await expect(source.ask()).rejects.toMatchObject({
      type: 'store.unavailable',
      message: 'The store is not available (SQLITE_FULL)',
      nonRetryable: false,
    });
  });

  it('is a failure too when the source has a bug, and is not taken for an answer', async () => {
    const source = await buildSource(FREE);
    source.failWith(new TypeError('undefined is not a function'));

    await expect(source.ask()).rejects.toThrow('undefined is not a function');
  });
});
