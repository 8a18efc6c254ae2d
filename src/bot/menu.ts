import type { Api } from 'grammy';
import { COMMANDS } from '#domain/commands.ts';
import { hasRole, type Person } from '#domain/person.ts';

/** Shows everybody the commands they may use. A convenience: rights are checked where a command is heard. */
export async function showMenus(api: Api, people: readonly Person[]): Promise<void> {
  const menuFor = (person: Person) =>
    COMMANDS.filter((command) => hasRole(person, command.role)).map(({ name, does }) => ({
      command: name,
      description: does,
    }));
  await api.setMyCommands([{ command: 'help', description: 'shows what you may do' }]);
  for (const person of people) {
    for (const id of person.telegramIds) {
      // Somebody who has not opened the chat yet has no menu to set.
      await api.setMyCommands(menuFor(person), { scope: { type: 'chat', chat_id: id } }).catch(() => undefined);
    }
  }
}
