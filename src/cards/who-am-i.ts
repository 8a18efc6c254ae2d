import type { Role } from '#domain/person.ts';
import { bold, code, line, lines, type Rendered } from './text.ts';

/** Who SocBot takes this person for. */
export function renderWhoAmI(who: { name: string; role: Role; telegramId: number }): Rendered {
  return {
    text: lines(
      line(bold('👤 '), bold(who.name)),
      `Role: ${who.role}`,
      line('Telegram id: ', code(String(who.telegramId))),
    ),
    rows: [],
    request: null,
    rev: 0,
  };
}
