import type { MiddlewareFn } from 'grammy';
import { hasRole, type Role } from '#domain/person.ts';
import type { SocContext } from './context.ts';
import type { BotDeps } from './deps.ts';
import { showNote } from './requests/answer.ts';

/** Lets through whoever has the role now; everybody else is told, and it is recorded. */
export function needsRole(role: Role, deps: BotDeps): MiddlewareFn<SocContext> {
  return async (ctx, next) => {
    if (hasRole(ctx.person, role)) return next();
    const { ask, person } = ctx;
    const key = `${ask.requestId}/not-allowed`;
    const who = { who: person.name, telegramId: ask.by.telegramId, chat: ask.chat.id, request: ask.requestId };
    await deps.audit.append([{ at: deps.now(), ...who, action: 'command', outcome: `needs ${role}`, key }]);
    const lines = [`This needs the role ${role}; yours is ${person.role}. It was recorded.`];
    return showNote(ask, { kind: 'note', tone: 'error', title: 'Not allowed', lines }, deps);
  };
}
