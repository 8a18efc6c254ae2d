import { statSync } from 'node:fs';
import type { Config } from '#config/config.ts';
import type { Person } from '#domain/person.ts';
import type { Log } from '#src/log.ts';
import type { Account } from '#store/bind-account.ts';
import type { Store } from '#store/open-store.ts';

export type PeopleSource = {
  /** The people of the settings as they were read at the start. */
  readonly people: readonly Person[];
  /** The settings file, to see whether it has changed; null where there is none. */
  readonly file: string | null;
  /** Reads the settings anew; throws where they are no good. */
  readonly reload: () => readonly Person[];
  readonly accounts: () => Promise<readonly Account[]>;
  readonly log: Log;
};

/** The people of a configuration, as they are at this moment. `reload` reads the whole configuration anew. */
export function peopleOf({
  config,
  reload,
  store,
  log,
}: {
  readonly config: Config;
  readonly reload: () => Config;
  readonly store: Pick<Store, 'accounts'>;
  readonly log: Log;
}): PeopleNow {
  const { people, settingsFile: file } = config;
  return createPeople({ people, file, reload: () => reload().people, accounts: store.accounts.list, log });
}

/** Everybody SocBot listens to, as it was at most so many milliseconds ago; a few seconds unless said. */
export type PeopleNow = (mostMs?: number) => Promise<readonly Person[]>;

/** Whoever is taken off the list is not heard any more after this long, without a restart; milliseconds. */
const FRESH_MS = 3_000;

/**
 * Keeps the list of people fresh: from the settings file whenever it has changed, with the accounts that invites have bound.
 * A file that is no good any more changes nothing, and is said to be so: nobody gains or loses a right by a slip.
 */
export function createPeople(source: PeopleSource, nowMs: () => number = Date.now): PeopleNow {
  let settings = source.people;
  let changedAt = changeOf(source.file);
  let people: readonly Person[] | null = null;
  let readAt = 0;
  const told = new Set<number>();
  return async (mostMs = FRESH_MS) => {
    if (people !== null && Math.abs(nowMs() - readAt) < mostMs) return people;
    const change = changeOf(source.file);
    if (change !== changedAt) {
      changedAt = change;
      settings = reloaded(source) ?? settings;
    }
    const accounts = await source.accounts();
    tellClashes(settings, accounts, { log: source.log, told });
    people = withAccounts(settings, accounts);
    readAt = nowMs();
    return people;
  };
}

function reloaded({ reload, log }: PeopleSource): readonly Person[] | null {
  try {
    const people = reload();
    log.info({ people: people.length }, 'the list of people was read anew');
    return people;
  } catch (error) {
    log.error({ err: error }, 'the settings file is no good any more; the people stay as they were');
    return null;
  }
}

/** The people with the accounts that were bound to them. An account that the settings name belongs to whom they say. */
function withAccounts(settings: readonly Person[], accounts: readonly Account[]): readonly Person[] {
  const named = new Set(settings.flatMap(({ telegramIds }) => telegramIds));
  return settings.map((person) => {
    const bound = accounts.filter((account) => account.person === person.name && !named.has(account.telegramId));
    return { ...person, telegramIds: [...person.telegramIds, ...bound.map(({ telegramId }) => telegramId)] };
  });
}

/** Whoever was invited under one name and is in the settings under another should know why they are not heard as invited. */
function tellClashes(
  settings: readonly Person[],
  accounts: readonly Account[],
  { log, told }: { readonly log: Log; readonly told: Set<number> },
): void {
  for (const { telegramId, person } of accounts) {
    const named = settings.find(({ telegramIds }) => telegramIds.includes(telegramId));
    if (!named || named.name === person || told.has(telegramId)) continue;
    told.add(telegramId);
    log.warn(
      { telegramId, invited: person, listed: named.name },
      'an account was bound by an invite to another person than socbot.yaml names; socbot.yaml counts',
    );
  }
}

function changeOf(file: string | null): string {
  try {
    const { mtimeMs, size, ino } = statSync(file ?? '');
    return `${mtimeMs} ${size} ${ino}`;
  } catch {
    return 'none';
  }
}
