import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Person } from '#domain/person.ts';
import { createLog } from '#src/log.ts';
import { createPeople } from '#src/process/people.ts';
import type { Account } from '#store/bind-account.ts';
import { createScratchDirectory } from '#support/scratch-directory.ts';

const ANA: Person = { name: 'Ana', role: 'analyst', telegramIds: [1] };
const BEN: Person = { name: 'Ben', role: 'responder', telegramIds: [] };

const bound = (telegramId: number, person: string): Account => ({
  telegramId,
  person,
  boundAt: '2026-03-01T12:00:00.000Z',
  invite: '0a1b2c3d',
});

/** The list of people over a settings file and accounts that a test changes, with a clock that it moves. */
function createList(settings: readonly Person[], accounts: Account[]) {
  const file = join(createScratchDirectory(), 'socbot.yaml');
  writeFileSync(file, 'first');
  const logged: string[] = [];
  const state = { settings: [...settings], nowMs: 1_000_000, reads: 0 };
  const people = createPeople(
    {
      people: settings,
      file,
      reload: () => {
        if (state.settings.length === 0) throw new Error('no good');
        return state.settings;
      },
      accounts: async () => {
        state.reads += 1;
        return [...accounts];
      },
      log: createLog({ level: 'info', destination: { write: (line) => void logged.push(line) }, secrets: [] }),
    },
    () => state.nowMs,
  );
  const change = (text: string) => {
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
  };
  return { people, state, logged, change };
}

describe('the list of people', () => {
  it('gives a person the accounts that invites have bound, beside those of the settings', async () => {
    const { people } = createList([ANA, BEN], [bound(11, 'Ana'), bound(12, 'Ben'), bound(13, 'somebody gone')]);

    expect(await people()).toEqual([
      { ...ANA, telegramIds: [1, 11] },
      { ...BEN, telegramIds: [12] },
    ]);
  });

  it('leaves an account that the settings name with whom they name, and says so once', async () => {
    const { people, logged } = createList([ANA, BEN], [bound(1, 'Ben')]);

    expect(await people(0)).toEqual([ANA, BEN]);
    expect(await people(0)).toEqual([ANA, BEN]);

    expect(logged.filter((line) => line.includes('socbot.yaml counts'))).toHaveLength(1);
    expect(JSON.parse(logged[0] ?? '')).toMatchObject({ telegramId: 1, invited: 'Ben', listed: 'Ana' });
  });

  it('says nothing of an account that is bound to whom the settings name', async () => {
    const { people, logged } = createList([ANA], [bound(1, 'Ana')]);

    expect(await people()).toEqual([ANA]);
    expect(logged).toEqual([]);
  });

  it('reads the accounts again after some seconds, and at once where that is wished', async () => {
    const accounts: Account[] = [];
    const { people, state } = createList([BEN], accounts);
    await people();
    accounts.push(bound(12, 'Ben'));

    expect(await people()).toEqual([BEN]);
    expect(await people(0)).toMatchObject([{ telegramIds: [12] }]);
    accounts.pop();
    state.nowMs += 60_000;
    expect(await people()).toEqual([BEN]);
    expect(state.reads).toBe(3);
  });

  it('is not kept back by a clock that was set back', async () => {
    const accounts = [bound(12, 'Ben')];
    const { people, state } = createList([BEN], accounts);
    await people();
    accounts.pop();
    state.nowMs -= 3_600_000;

    expect(await people()).toEqual([BEN]);
  });

  it('follows the settings file, and keeps what it had where that is no good any more', async () => {
    const { people, state, change, logged } = createList([ANA, BEN], []);
    await people();
    state.settings = [ANA];
    change('second, and longer');
    expect(await people(0)).toEqual([ANA]);
    state.settings = [];
    change('third');

    expect(await people(0)).toEqual([ANA]);
    expect(logged.at(-1)).toContain('no good any more');
  });
});
