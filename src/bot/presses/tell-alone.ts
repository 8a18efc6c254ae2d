import { type ContainmentPlan, digestOf, targetsOf } from '#domain/containment.ts';
import { defang } from '#domain/defang.ts';
import { refOf } from '#domain/ids.ts';
import { hasRole } from '#domain/person.ts';
import type { SocContext } from '../context.ts';
import type { BotDeps } from '../deps.ts';
import { tellPeople } from '../requests/tell-people.ts';

/** Somebody acted without a second person: every other admin hears of it at once, aloud, or every responder. */
export async function tellAlone(
  { ask, person }: SocContext,
  requestId: string,
  plan: ContainmentPlan | null,
  deps: BotDeps,
): Promise<void> {
  if (!plan) return;
  const what = targetsOf(plan)
    .slice(0, 3)
    .map((target) => defang(target))
    .join(', ');
  const lines = [`${person.name} is on call and approved their own request, #${refOf(requestId)}. Please look at it.`];
  const card = {
    kind: 'note',
    tone: 'warning',
    title: `Emergency: ${plan.action}`,
    quoted: `${what} · digest ${digestOf(plan)}`,
    lines,
  } as const;
  const others = deps.access.people.filter((one) => one.name !== person.name);
  const admins = others.filter((one) => hasRole(one, 'admin'));
  // Where the only admin acted alone, somebody else has to hear of it all the same.
  const told = admins.length > 0 ? admins : others.filter((one) => hasRole(one, 'responder'));
  await tellPeople(ask, told, card, deps);
}
