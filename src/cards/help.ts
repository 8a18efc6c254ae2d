import { COMMANDS, type Command } from '#domain/commands.ts';
import { hasRole, type Role } from '#domain/person.ts';
import { bold, code, line, lines, type Rendered } from './text.ts';

const DECIDING =
  'When somebody asks to contain something or to let it go, you get a card: Approve or Deny. Nothing happens before; nobody decides on what they asked for.';

/** What this person may do, and nothing else, with an example to copy for each. */
export function renderHelp({ role, botName }: { role: Role; botName: string }): Rendered {
  const person = { name: '', role, telegramIds: [] };
  const allowed = COMMANDS.filter((command) => hasRole(person, command.role));
  return {
    text: lines(
      line(bold('SocBot'), ` · what you may do as ${role}`),
      '',
      ...allowed.map(commandLine),
      ...(hasRole(person, 'responder') ? ['', DECIDING] : []),
      '',
      'Send an address, a domain, a URL or a hash as it is, or paste a text: I offer what I find in it. Answer a message with a command to use its text.',
      line('In a group, write ', code(`/ioc@${botName}`), ' or answer a message.'),
    ),
    rows: [],
    request: null,
    rev: 0,
  };
}

function commandLine(command: Command) {
  return line(
    bold(`/${command.name}`),
    ` ${command.does}`,
    ...(command.example ? ['\n   ', code(command.example)] : []),
  );
}
