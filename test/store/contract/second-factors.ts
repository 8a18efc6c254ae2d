import { expect, it } from 'vitest';
import { totpOf } from '#store/one-time-codes.ts';
import type { StorePlace } from '#store/open-store.ts';
import { openStore } from '#store/open-store.ts';
import { runSql } from '../raw-sql.ts';
import { at, type StoreOfTest } from './fixture.ts';

const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const OTHER_SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const KEY = new Uint8Array(32).fill(1);
const NEW_KEY = new Uint8Array(32).fill(2);

/** What an authenticator shows so many seconds after the start. */
function codeAt(seconds: number, secret = SECRET): string {
  return totpOf(secret).generate({ timestamp: Date.parse(at(seconds)) });
}

/** Six digits that no step around a moment has. */
function wrongCodeAt(seconds: number): string {
  const codes = [-60, -30, 0, 30, 60].map((offset) => codeAt(seconds + offset));
  return ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !codes.includes(code)) ?? '';
}

/** What second factors promise, on any database. */
export function describeSecondFactors(store: StoreOfTest): void {
  const factors = (keys: readonly Uint8Array[] = [KEY]) => store().secondFactors(keys);
  let proofs = 0;
  const send = async (seconds: number, code: string, person = 'ben') => {
    proofs += 1;
    return factors().verify({ person, code, key: `update-${proofs}`, now: at(seconds) });
  };
  const lock = async () => {
    for (let n = 0; n < 5; n += 1) await send(n, wrongCodeAt(n));
  };

  it('knows who has an authenticator, and since when', async () => {
    expect(await factors().isEnrolled('ben')).toBe(false);
    expect(await factors().enrol('ben', SECRET, at(0))).toEqual({ isReplaced: false });
    expect(await factors().enrol('ben', OTHER_SECRET, at(5))).toEqual({ isReplaced: true });

    expect(await factors().isEnrolled('ben')).toBe(true);
    expect(await factors().listEnrolled()).toEqual([
      { person: 'ben', enrolledAt: at(5), lockedUntil: null, isReadable: true },
    ]);
    expect(await send(60, codeAt(60))).toMatchObject({ kind: 'wrong' });
    expect(await send(60, codeAt(60, OTHER_SECRET))).toEqual({ kind: 'right' });
  });

  it('knows nobody who has none, or none any more', async () => {
    expect(await send(0, codeAt(0))).toEqual({ kind: 'not_enrolled' });
    await factors().enrol('ben', SECRET, at(0));

    expect([await factors().remove('ben'), await factors().remove('ben')]).toEqual([true, false]);

    expect(await send(0, codeAt(0))).toEqual({ kind: 'not_enrolled' });
    expect(await factors().listEnrolled()).toEqual([]);
  });

  it('takes the code of the present thirty seconds and of those beside them, and no other', async () => {
    for (const [offset, kind] of [
      [-60, 'wrong'],
      [-30, 'right'],
      [0, 'right'],
      [30, 'right'],
      [60, 'wrong'],
    ] as const) {
      await factors().enrol('ben', SECRET, at(0));
      expect(await send(900, codeAt(900 + offset))).toMatchObject({ kind });
    }
  });

  it('takes every code once, and none from before the last that counted', async () => {
    await factors().enrol('ben', SECRET, at(0));

    expect(await send(30, codeAt(60))).toEqual({ kind: 'right' });
    expect(await send(30, codeAt(60))).toEqual({ kind: 'used' });
    expect(await send(31, codeAt(30))).toEqual({ kind: 'used' });
    expect(await send(90, codeAt(90))).toEqual({ kind: 'right' });
  });

  it('does not take the code that proved the authenticator', async () => {
    const step = Math.floor(Date.parse(at(30)) / 30_000);
    await factors().enrol('ben', SECRET, at(30), step);

    expect(await send(31, codeAt(30))).toEqual({ kind: 'used' });
    expect(await send(31, codeAt(60))).toEqual({ kind: 'right' });
  });

  it('takes the code of nobody else', async () => {
    await factors().enrol('ben', SECRET, at(0));
    await factors().enrol('cleo', OTHER_SECRET, at(0));

    expect(await send(0, codeAt(0, OTHER_SECRET), 'ben')).toMatchObject({ kind: 'wrong' });
    expect(await send(0, codeAt(0, OTHER_SECRET), 'cleo')).toEqual({ kind: 'right' });
  });

  it('locks for a quarter of an hour at the fifth wrong code in a row, and no longer for more of them', async () => {
    await factors().enrol('ben', SECRET, at(0));

    const answers = [];
    for (let n = 0; n < 6; n += 1) answers.push(await send(n, wrongCodeAt(n)));

    expect(answers).toEqual([
      ...[4, 3, 2, 1].map((triesLeft) => ({ kind: 'wrong', triesLeft })),
      { kind: 'locked', until: at(904) },
      { kind: 'locked', until: at(904) },
    ]);
    expect(await factors().listEnrolled()).toMatchObject([{ lockedUntil: at(904) }]);
  });

  it('tells nothing of a code while it is locked, does not prolong that, and uses nothing up', async () => {
    await factors().enrol('ben', SECRET, at(0));
    await lock();

    expect(await send(903, wrongCodeAt(903))).toEqual(await send(903, codeAt(903)));

    expect(await send(904, codeAt(903))).toEqual({ kind: 'right' });
  });

  it('gives five tries again once a lock is over, or a code was right', async () => {
    await factors().enrol('ben', SECRET, at(0));
    await lock();
    expect(await send(904, wrongCodeAt(904))).toEqual({ kind: 'wrong', triesLeft: 4 });
    await send(905, codeAt(905));

    expect(await send(906, wrongCodeAt(906))).toEqual({ kind: 'wrong', triesLeft: 4 });
  });

  it('counts nothing against a code that was right and is used', async () => {
    await factors().enrol('ben', SECRET, at(0));
    for (let n = 0; n < 10; n += 1) await send(0, codeAt(0));

    expect(await send(0, wrongCodeAt(0))).toEqual({ kind: 'wrong', triesLeft: 4 });
  });

  it('locks one person and nobody else, until somebody enrols anew', async () => {
    await factors().enrol('ben', SECRET, at(0));
    await factors().enrol('cleo', SECRET, at(0));
    await lock();

    expect(await send(10, codeAt(10), 'cleo')).toEqual({ kind: 'right' });
    await factors().enrol('ben', OTHER_SECRET, at(11));
    expect(await send(12, codeAt(12, OTHER_SECRET))).toEqual({ kind: 'right' });
  });

  it('gives an update that comes again the answer it got, whatever came in between', async () => {
    await factors().enrol('ben', SECRET, at(0));
    const right = { person: 'ben', code: codeAt(0), key: 'tg-7-1', now: at(0) };
    const wrong = { person: 'ben', code: wrongCodeAt(1), key: 'tg-7-2', now: at(1) };
    const first = [await factors().verify(right), await factors().verify(wrong)];

    const again = [];
    for (let n = 0; n < 6; n += 1)
      again.push(
        await factors().verify({ ...right, now: at(3_600) }),
        await factors().verify({ ...wrong, now: at(3_600) }),
      );

    expect(first).toEqual([{ kind: 'right' }, { kind: 'wrong', triesLeft: 4 }]);
    expect(again).toEqual(Array.from({ length: 6 }, () => first).flat());
    expect(await send(1, wrongCodeAt(1))).toEqual({ kind: 'wrong', triesLeft: 3 });
  });

  it('takes one of many codes that come at once', async () => {
    await factors().enrol('ben', SECRET, at(0));

    const answers = await Promise.all(Array.from({ length: 10 }, async () => send(0, codeAt(0))));

    expect(answers.filter(({ kind }) => kind === 'right')).toHaveLength(1);
    expect(answers.filter(({ kind }) => kind === 'used')).toHaveLength(9);
  });

  it('says in words that a secret was sealed with another key, and that nothing else is wrong with it', async () => {
    await factors().enrol('ben', SECRET, at(0));
    const proof = { person: 'ben', code: codeAt(0), key: 'k', now: at(0) };

    await expect(factors([NEW_KEY]).verify(proof)).rejects.toThrow(
      'the authenticator of ben was enrolled under another',
    );

    expect(await factors([NEW_KEY]).listEnrolled()).toMatchObject([{ isReadable: false }]);
    expect(await factors().verify(proof)).toEqual({ kind: 'right' });
  });

  it('moves a secret under the new key with the first code that counts', async () => {
    await factors([KEY]).enrol('ben', SECRET, at(0));

    await factors([NEW_KEY, KEY]).verify({ person: 'ben', code: codeAt(0), key: 'k1', now: at(0) });

    const proof = { person: 'ben', code: codeAt(60), key: 'k2', now: at(60) };
    expect(await factors([NEW_KEY]).verify(proof)).toEqual({ kind: 'right' });
  });
}

/** What of it lies on disk, on any database. */
export function describeSecondFactorsOnDisk(createPlace: () => Promise<StorePlace>): void {
  const dump = async (place: StorePlace) =>
    JSON.stringify([
      await runSql(place, 'select * from second_factors'),
      await runSql(place, 'select * from second_factor_answers'),
    ]);

  it('writes down neither secrets nor codes', async () => {
    const place = await createPlace();
    const store = await openStore(place);
    await store.secondFactors([KEY]).enrol('ben', SECRET, at(0));
    const codes = [codeAt(0), wrongCodeAt(0)];
    for (const code of codes) {
      await store.secondFactors([KEY]).verify({ person: 'ben', code, key: `update ${code === codes[0]}`, now: at(0) });
    }

    const written = await dump(place);

    expect(written).toContain('update true');
    for (const secret of [SECRET, Buffer.from(SECRET).toString('base64'), ...codes])
      expect(written).not.toContain(secret);
    await store.close();
  });

  it('does not open a secret that was moved to another person', async () => {
    const place = await createPlace();
    const store = await openStore(place);
    await store.secondFactors([KEY]).enrol('eve', SECRET, at(0));
    await store.secondFactors([KEY]).enrol('ben', OTHER_SECRET, at(0));

    await runSql(
      place,
      `update second_factors set secret = (select secret from second_factors where person = 'eve') where person = 'ben'`,
    );

    const proof = { person: 'ben', code: codeAt(0), key: 'k', now: at(0) };
    await expect(store.secondFactors([KEY]).verify(proof)).rejects.toThrow('enrol again');
    await store.close();
  });

  it('forgets what it answered once no update can come again', async () => {
    const place = await createPlace();
    const store = await openStore(place);
    const factors = store.secondFactors([KEY]);
    await factors.enrol('ben', SECRET, at(0));
    const DAYS = 86_400;
    for (const days of [0, 1, 2.5]) {
      const seconds = days * DAYS;
      await factors.verify({ person: 'ben', code: codeAt(seconds), key: `after ${days} days`, now: at(seconds) });
    }

    const rows = await runSql(place, 'select key from second_factor_answers order by key');

    expect(rows).toEqual([{ key: 'after 1 days' }, { key: 'after 2.5 days' }]);
    await store.close();
  });
}
