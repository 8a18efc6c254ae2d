import { expect, it } from 'vitest';
import type { Bind } from '#store/bind-account.ts';
import { at, type StoreOfTest } from './fixture.ts';

const EVE = 6_012_345_678;
const MALLORY = 6_098_765_432;
const NO_CODE = 'A'.repeat(32);

/** What invites and bound accounts promise, on any database. */
export function describeAccounts(store: StoreOfTest): void {
  let updates = 0;
  const bind = async (code: string, changes: Partial<Bind> = {}) => {
    updates += 1;
    const wish = { code, telegramId: EVE, key: `tg-7-${updates}`, people: ['ann', 'bob'], now: at(60) };
    return store().accounts.bind({ ...wish, ...changes });
  };
  const invite = async (person = 'ann', seconds = 0) => store().accounts.invite(person, at(seconds));
  const outcomes = async () => (await store().audit.list({ limit: 10 })).map(({ action, who }) => `${action} ${who}`);

  it('binds an account by an invite, and records it', async () => {
    const { code, id } = await invite();

    const binding = await bind(code);

    const account = { telegramId: EVE, person: 'ann', boundAt: at(60), invite: id };
    expect(binding).toEqual({ kind: 'bound', account });
    expect(await store().accounts.list()).toEqual([account]);
    expect(await store().audit.list({ limit: 9 })).toMatchObject([
      { who: 'ann', telegramId: EVE, action: 'bind', outcome: 'done', detail: `invite ${id}` },
    ]);
  });

  it('makes codes that fit a link to a bot and are never the same', async () => {
    const codes = await Promise.all(['ann', 'bob', 'cleo'].map(async (person) => (await invite(person)).code));

    // https://core.telegram.org/bots/features#deep-linking: up to 64 of these characters.
    for (const code of codes) expect(`inv_${code}`).toMatch(/^[\w-]{36}$/);
    expect(new Set(codes).size).toBe(3);
  });

  it('counts once, for whoever comes first', async () => {
    const { code, id } = await invite();
    await bind(code);

    expect(await bind(code, { telegramId: MALLORY })).toEqual({
      kind: 'refused',
      why: `invite ${id} for ann was used already, by ${EVE}`,
    });
    expect(await store().accounts.list()).toMatchObject([{ telegramId: EVE }]);
  });

  it('counts for a quarter of an hour', async () => {
    const { code, until } = await invite();
    expect(until).toBe(at(900));

    expect(await bind(code, { now: at(900) })).toMatchObject({
      kind: 'refused',
      why: expect.stringMatching(/too late$/),
    });
    expect(await bind(code, { now: at(899) })).toMatchObject({ kind: 'bound' });
  });

  it('opens nothing with a wrong code', async () => {
    const { code } = await invite();

    for (const wrong of [NO_CODE, '', code.slice(1), `${code}A`, code.toLowerCase(), "' or 1=1 --"]) {
      expect(await bind(wrong)).toEqual({ kind: 'refused', why: 'no such invite' });
    }
    expect(await store().accounts.list()).toEqual([]);
    expect(await outcomes()).toEqual([]);
  });

  it('lets a newer invite of the same person take the place of an open one, and of nobody else', async () => {
    const [ann, bob] = [await invite('ann'), await invite('bob')];
    const newer = await invite('ann', 30);

    expect(await store().accounts.listOpenInvites(at(60))).toEqual([
      { id: bob.id, person: 'bob', until: at(900) },
      { id: newer.id, person: 'ann', until: at(930) },
    ]);
    expect(await bind(ann.code)).toEqual({ kind: 'refused', why: 'no such invite' });
    expect(await bind(newer.code)).toMatchObject({ kind: 'bound' });
    expect(await store().accounts.listOpenInvites(at(60))).toMatchObject([{ person: 'bob' }]);
    expect(await store().accounts.listOpenInvites(at(900))).toEqual([]);
  });

  it('refuses an invite for somebody who is not on the list any more', async () => {
    const { code } = await invite();

    expect(await bind(code, { people: ['bob'] })).toMatchObject({ kind: 'refused' });
    expect(await bind(code)).toMatchObject({ kind: 'bound' });
  });

  it('gives an update that comes again the answer it got, and records it once', async () => {
    const { code } = await invite();
    const first = await bind(code, { key: 'tg-7-same' });

    expect(await bind(code, { key: 'tg-7-same', now: at(7_200) })).toEqual(first);
    expect(await bind(code, { key: 'tg-7-other' })).toMatchObject({ kind: 'refused' });
    expect(await outcomes()).toEqual(['bind ann']);
  });

  it('does not bind an account again whose update comes again after it was unbound', async () => {
    const { code } = await invite();
    await bind(code, { key: 'tg-7-same' });
    await store().accounts.unbind(EVE);

    expect(await bind(code, { key: 'tg-7-same' })).toMatchObject({ kind: 'refused' });
    expect(await store().accounts.list()).toEqual([]);
    await bind((await invite('bob')).code);
    expect(await bind(code, { key: 'tg-7-same' })).toMatchObject({ kind: 'refused' });
    expect(await store().accounts.list()).toMatchObject([{ person: 'bob' }]);
  });

  it('leaves an account with its person, until it is unbound or that person is gone', async () => {
    await bind((await invite('ann')).code);
    const { code } = await invite('bob');

    expect(await bind(code)).toMatchObject({ kind: 'refused', why: expect.stringMatching(/is bound to ann$/) });
    expect(await bind(code, { people: ['bob'] })).toMatchObject({ kind: 'bound', account: { person: 'bob' } });
    expect(await store().accounts.list()).toMatchObject([{ telegramId: EVE, person: 'bob' }]);
  });

  it('gives one person several accounts, and takes them away one by one', async () => {
    await bind((await invite('ann')).code);
    await bind((await invite('ann', 60)).code, { telegramId: MALLORY, now: at(61) });
    expect(await store().accounts.list()).toMatchObject([{ telegramId: EVE }, { telegramId: MALLORY }]);

    expect([await store().accounts.unbind(EVE), await store().accounts.unbind(EVE)]).toEqual([true, false]);

    expect(await store().accounts.list()).toMatchObject([{ telegramId: MALLORY }]);
  });

  it('binds one of many accounts that show one code at once', async () => {
    const { code } = await invite();

    const bindings = await Promise.all(Array.from({ length: 10 }, async (_, n) => bind(code, { telegramId: EVE + n })));

    expect(bindings.filter(({ kind }) => kind === 'bound')).toHaveLength(1);
    expect(await store().accounts.list()).toHaveLength(1);
  });
}
