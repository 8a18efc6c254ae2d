import { hasRole, type Person, type Role } from '#domain/person.ts';
import type { Reader } from '#workflows/messages.ts';
import type { BotDeps } from '../deps.ts';

/** Everybody with a role who has not asked, each with the account that gets the card. */
export function approversFor(
  asker: Pick<Person, 'name'>,
  role: Role,
  { access }: Pick<BotDeps, 'access'>,
): readonly Reader[] {
  return readersOf(access.people.filter((person) => hasRole(person, role) && person.name !== asker.name));
}

/** People by the account that gets their cards. */
export function readersOf(people: readonly Person[]): readonly Reader[] {
  return people.flatMap(({ name, telegramIds }) => telegramIds.slice(0, 1).map((telegramId) => ({ name, telegramId })));
}
