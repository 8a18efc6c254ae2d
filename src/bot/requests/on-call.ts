import { hasRole, type Person } from '#domain/person.ts';
import { readOnCall } from '#store/on-call.ts';
import type { BotDeps } from '../deps.ts';

/** Whether this person is the one on call, and still a responder. */
export async function isOnCall(person: Person, { marks }: Pick<BotDeps, 'marks'>): Promise<boolean> {
  return hasRole(person, 'responder') && (await readOnCall(marks))?.name === person.name;
}
