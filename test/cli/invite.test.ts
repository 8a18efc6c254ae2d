import { mkdirSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startTelegramSimulator } from '#range/telegram/simulator.ts';
import { invite, type InviteOptions } from '#src/cli/invite.ts';
import { createOperatorPlace, openStoreIn } from '#support/people-commands.ts';

/** A place where SocBot has run before, with its store open beside the command. */
async function createPlace(env: Readonly<Record<string, string>> = {}) {
  const place = await createOperatorPlace(env);
  mkdirSync(place.dataDir);
  return { ...place, store: await openStoreIn(place.dataDir) };
}

async function run(
  name: string | undefined,
  options: InviteOptions,
  { sources }: Awaited<ReturnType<typeof createOperatorPlace>>,
): Promise<readonly string[]> {
  const printed: string[] = [];
  await invite(name, options, sources, (line) => printed.push(line));
  return printed;
}

describe('socbot invite', () => {
  it('prints a link to the bot whose code binds an account to the person', async () => {
    const telegram = await startTelegramSimulator();
    onTestFinished(async () => telegram.close());
    const place = await createPlace({ TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.url });

    const printed = await run('Ben', {}, place);

    expect(printed).toEqual([
      expect.stringMatching(/^For Ben \(responder\), once, until \d{4}-\d\d-\d\d \d\d:\d\d UTC:$/),
      expect.stringMatching(/^https:\/\/t\.me\/socbot_range_bot\?start=inv_[\w-]{32}$/),
      expect.stringMatching(/^Whoever opens it first is Ben/),
    ]);
    const code = printed[1]?.split('inv_')[1] ?? '';
    const wish = { code, telegramId: 7, key: 'k', people: ['Ben'], now: new Date().toISOString() };
    expect(await place.store.accounts.bind(wish)).toMatchObject({ kind: 'bound', account: { person: 'Ben' } });
  });

  it('prints what to send to the bot where Telegram does not tell its name', async () => {
    const place = await createPlace({
      TELEGRAM_BOT_TOKEN: '700000001:SIMULATED-TOKEN-simulated-token-0000',
      TELEGRAM_API_ROOT: 'http://127.0.0.1:9',
    });

    const printed = await run('Ben', {}, place);

    expect(printed[1]).toMatch(/^\/start inv_[\w-]{32}$/);
    expect(printed[2]).toMatch(/^Telegram does not tell/);
  });

  it('keeps a record of the invite, without its code', async () => {
    const place = await createPlace();

    const printed = await run('Ana', {}, place);

    const records = await place.store.audit.list({ limit: 9 });
    expect(records).toMatchObject([{ who: null, action: 'invite', outcome: 'made' }]);
    expect(records[0]?.detail).toMatch(/^invite [0-9a-f]{8} for Ana$/);
    const code = printed[1]?.split('inv_')[1] ?? '';
    expect(code).toHaveLength(32);
    expect(JSON.stringify(records)).not.toContain(code);
  });

  it.each([
    ['Zoe', 'There is no Zoe in socbot.yaml; there are Ana, Ben'],
    [undefined, 'Say whom; there are Ana, Ben'],
  ])('refuses %s, who is not on the list', async (name, words) => {
    const place = await createPlace();

    await expect(run(name, {}, place)).rejects.toThrow(words);
    expect(await place.store.audit.list({ limit: 9 })).toEqual([]);
  });

  it('lists bound accounts and open invites', async () => {
    const place = await createPlace();
    expect(await run(undefined, { list: true }, place)).toEqual([
      'No account was bound by an invite, and none is open.',
    ]);
    const now = new Date().toISOString();
    const { code, id } = await place.store.accounts.invite('Ana', now);
    await place.store.accounts.bind({ code, telegramId: 6_012_345_678, key: 'k', people: ['Ana'], now });
    await run('Ben', {}, place);

    expect(await run(undefined, { list: true }, place)).toEqual([
      expect.stringMatching(`^Ana +6012345678 +${now} +by invite ${id}$`),
      expect.stringMatching(/^Ben +invited +until \d{4}-\S+Z +invite [0-9a-f]{8}$/),
    ]);
  });

  it('takes an account away, and says where there is none', async () => {
    const place = await createPlace();
    const now = new Date().toISOString();
    const { code } = await place.store.accounts.invite('Ana', now);
    await place.store.accounts.bind({ code, telegramId: 6_012_345_678, key: 'k', people: ['Ana'], now });

    await run(undefined, { unbind: '6012345678' }, place);

    expect(await place.store.accounts.list()).toEqual([]);
    expect(await place.store.audit.list({ limit: 1 })).toMatchObject([{ action: 'unbind', detail: '6012345678' }]);
    await expect(run(undefined, { unbind: '6012345678' }, place)).rejects.toThrow('was not bound by an invite');
    for (const text of ['@ana', '', '-1001', '1e3']) {
      await expect(run(undefined, { unbind: text }, place)).rejects.toThrow('--unbind takes a numeric Telegram id');
    }
  });

  it('makes no invite in a directory that SocBot does not run with', async () => {
    await expect(run('Ben', {}, await createOperatorPlace())).rejects.toThrow('there is no such file');
  });
});
