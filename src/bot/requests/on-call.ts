import { hasRole, type Person } from '#domain/person.ts';
import { MARKS } from '#store/mark-names.ts';
import type { BotDeps } from '../deps.ts';

/** Who is on call, by name, and since when; null where nobody is. */
export async function onCallNow({
  marks,
}: Pick<BotDeps, 'marks'>): Promise<{ readonly name: string; readonly since: string } | null> {
  const mark = await marks.get(MARKS.onCall);
  return mark && mark.value !== '' ? { name: mark.value, since: mark.at } : null;
}

/** Whether this person is the one on call, and still a responder. */
export async function isOnCall(person: Person, deps: Pick<BotDeps, 'marks'>): Promise<boolean> {
  return hasRole(person, 'responder') && (await onCallNow(deps))?.name === person.name;
}
