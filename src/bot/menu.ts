import type { Api } from 'grammy';
import { COMMANDS } from '#domain/commands.ts';
import { hasRole, type Person } from '#domain/person.ts';

/** Shows everybody the commands they may use. A convenience: rights are checked where a command is heard. */
export async function showMenus(api: Api, people: readonly Person[]): Promise<void> {
  await api.setMyCommands([{ command: 'help', description: 'shows what you may do' }]);
  for (const person of people) {
    for (const id of person.telegramIds) await showMenu(api, person, id);
  }
}

/** Shows a person their commands in their chat. Somebody who has not opened it yet has no menu to set. */
export async function showMenu(api: Api, person: Person, telegramId: number): Promise<void> {
  const commands = COMMANDS.filter((command) => hasRole(person, command.role));
  const menu = commands.map(({ name, does }) => ({ command: name, description: does }));
  await api.setMyCommands(menu, { scope: { type: 'chat', chat_id: telegramId } }).catch(() => undefined);
}
