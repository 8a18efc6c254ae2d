import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newTotpSecret, totpOf } from '#store/one-time-codes.ts';
import { openStore, type StorePlace } from '#store/open-store.ts';
import { startWorker, type Worker } from './child/start.ts';
import { at, claimOf, meteredClaimOf } from './contract/fixture.ts';
import { databases, type TestDatabase } from './databases.ts';

const PROCESSES = 3;

describe.each(databases.filter((one) => one.skipped === null))('several processes on $name', ({ start }) => {
  let database: TestDatabase;
  let place: StorePlace;
  let workers: Worker[];

  beforeAll(async () => {
    database = await start();
    place = await database.createPlace();
    // All of them create the tables at once.
    workers = await Promise.all(Array.from({ length: PROCESSES }, async () => startWorker(place)));
  });
  afterAll(async () => {
    await Promise.all(workers.map(async (worker) => worker.stop()));
    await database.stop();
  });

  it('let exactly one of many at once call for an observable', async () => {
    for (let round = 0; round < 20; round += 1) {
      const observableKey = `ipv4:192.0.2.${round}`;

      const claimed = await Promise.all(
        workers.map(async (worker, w) =>
          worker.claim([0, 1, 2, 3].map((n) => claimOf(0, { observableKey, requestId: `request-${round}-${w}-${n}` }))),
        ),
      );

      const kinds = claimed.flat().map((one) => one.kind);
      expect(kinds.filter((kind) => kind === 'go')).toHaveLength(1);
      expect(kinds.filter((kind) => kind === 'asking')).toHaveLength(kinds.length - 1);
    }
  });

  it('share one quota and give every moment to no more than it allows', async () => {
    const quota = { perMinute: 4, perDay: 500 };
    const claimed = await Promise.all(
      workers.map(async (worker, w) =>
        worker.claim(
          Array.from({ length: 10 }, (_, n) =>
            meteredClaimOf(0, { quota, observableKey: `domain:${w}-${n}.example`, requestId: `request-${w}-${n}` }),
          ),
        ),
      ),
    );

    const slots = claimed.flat().map((one) => (one.kind === 'wait' ? one.slotAt : one.kind));
    const sizes = Object.values(Object.groupBy(slots, (slot) => slot)).map((group) => group?.length ?? 0);
    expect(slots.filter((slot) => slot === 'go')).toHaveLength(4);
    expect(sizes).toHaveLength(8);
    expect(Math.max(...sizes)).toBe(4);
  });

  it('let exactly one lease begin on a target', async () => {
    for (let round = 0; round < 20; round += 1) {
      const target = `ipv4:198.51.100.${round}`;
      const attempt = { system: 'wall', target, until: at(3_600), by: 'ann', digest: 'd', place: 0, now: at(0) };

      const begun = await Promise.all(
        workers.map(async (worker, w) =>
          worker.begin(
            [0, 1, 2, 3].map((n) => ({ ...attempt, leaseId: `lease-${round}-${w}-${n}`, attempt: `${w}-${n}` })),
          ),
        ),
      );

      const answers = begun.flat();
      const holders = new Set(answers.flatMap((one) => (one.kind === 'held_by' ? [one.lease.leaseId] : [])));
      expect(answers.filter(({ kind }) => kind === 'go')).toHaveLength(1);
      expect(holders.size).toBe(1);
    }
  });

  it('give the right to act to one of many attempts of a lease', async () => {
    const lease = { system: 'wall', target: 'ipv4:198.51.100.99', leaseId: 'lease-1' };
    const attempt = { ...lease, until: at(3_600), by: 'ann', digest: 'd', place: 0, now: at(0) };
    const names = workers.map((_, w) => [0, 1, 2, 3].map((n) => `${w}-${n}`));

    const begun = await Promise.all(
      workers.map(async (worker, w) => worker.begin((names[w] ?? []).map((name) => ({ ...attempt, attempt: name })))),
    );

    const store = await openStore(place);
    const rights = await Promise.all(
      names.flat().map(async (name) => store.leases.mayAct({ ...lease, attempt: name })),
    );
    expect(begun.flat().filter((one) => one.kind === 'go' && one.was === null)).toHaveLength(1);
    expect(rights.filter(Boolean)).toHaveLength(1);
    await store.close();
  });

  it('append to one audit chain without breaking it', async () => {
    const entry = { who: null, telegramId: null, chat: null, request: null, action: 'start', outcome: 'ok' };
    const entries = Array.from({ length: 20 }, (_, n) => ({ ...entry, at: at(n), detail: `entry ${n}` }));

    // All write the first five under the same keys, as retries would.
    await Promise.all(
      workers.map(async (worker) =>
        worker.append(entries.map((one, n) => (n < 5 ? { ...one, key: `key ${n}` } : one))),
      ),
    );

    const store = await openStore(place);
    expect(await store.audit.verify()).toMatchObject({ kind: 'intact', count: 5 + PROCESSES * 15 });
    await store.close();
  });

  it('take a code once, and answer each update alike, whichever of them it reaches', async () => {
    const store = await openStore(place);
    for (let round = 0; round < 10; round += 1) {
      const secret = newTotpSecret();
      await store.secondFactors([new Uint8Array(32).fill(1)]).enrol(`person ${round}`, secret, at(0));
      const code = totpOf(secret).generate({ timestamp: Date.parse(at(0)) });
      const proof = { person: `person ${round}`, code, now: at(0) };

      // All of them get the first update, and three of their own.
      const answers = await Promise.all(
        workers.map(async (worker, w) =>
          worker.verify(['all', `${w}-0`, `${w}-1`, `${w}-2`].map((key) => ({ ...proof, key }))),
        ),
      );

      const firsts = answers.map(([first]) => first?.kind);
      expect(new Set(firsts).size).toBe(1);
      const kinds = [firsts[0], ...answers.flatMap(([, ...own]) => own.map(({ kind }) => kind))];
      expect(kinds.filter((kind) => kind === 'right')).toHaveLength(1);
      expect(kinds.filter((kind) => kind === 'used')).toHaveLength(kinds.length - 1);
    }
    await store.close();
  });

  it('count five wrong codes between them, and lock once', async () => {
    const store = await openStore(place);
    const factors = store.secondFactors([new Uint8Array(32).fill(1)]);
    await factors.enrol('guessed', newTotpSecret(), at(0));

    // Words are never a code, so that none of the guesses is right by chance.
    const answers = await Promise.all(
      workers.map(async (worker, w) =>
        worker.verify(
          [0, 1, 2].map((n) => ({ person: 'guessed', code: 'wrong!', key: `guess ${w}-${n}`, now: at(0) })),
        ),
      ),
    );

    const all = answers.flat();
    expect(all.filter(({ kind }) => kind === 'wrong')).toHaveLength(4);
    expect(all.filter(({ kind }) => kind === 'locked')).toHaveLength(5);
    await store.close();
  });

  it('bind one of many accounts that show one invite', async () => {
    const store = await openStore(place);
    for (let round = 0; round < 10; round += 1) {
      const { code } = await store.accounts.invite('ann', at(0));
      const wish = { code, people: ['ann'], now: at(0) };

      const bindings = await Promise.all(
        workers.map(async (worker, w) =>
          worker.bind(
            [1, 2, 3].map((n) => ({ ...wish, telegramId: round * 100 + w * 10 + n, key: `bind ${round}-${w}-${n}` })),
          ),
        ),
      );

      expect(bindings.flat().filter(({ kind }) => kind === 'bound')).toHaveLength(1);
    }
    expect(await store.accounts.list()).toHaveLength(10);
    expect(await store.audit.verify()).toMatchObject({ kind: 'intact' });
    await store.close();
  });
});
