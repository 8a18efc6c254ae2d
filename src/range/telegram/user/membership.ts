import { deliverMessage, deliverStanding } from '../world/delivery.ts';
import { isSupergroupId, type ServiceNote } from '../world/messages.ts';
import { type BotStanding, type Group, isBotInside, type Person } from '../world/people.ts';
import type { World } from '../world/world.ts';
import { Objection } from './objection.ts';

export type NewGroup = {
  readonly title: string;
  readonly type: Group['type'];
  readonly members: readonly number[];
  readonly admins: readonly number[];
  /** Whether the bot is in it from the start. */
  readonly hasBot: boolean;
};

/** The first member creates a group. */
export function createGroup(world: World, wanted: NewGroup): Group {
  const creator = wanted.members[0];
  if (creator === undefined) throw new Objection('a group needs at least one member');
  const stranger = [...wanted.members, ...wanted.admins].find((id) => !world.people.has(id));
  if (stranger !== undefined) throw new Objection(`there is no person ${stranger}`);
  const group: Group = {
    id: freeIdFor(world, wanted.type),
    type: wanted.type,
    title: wanted.title,
    members: [...wanted.members],
    admins: wanted.admins.length > 0 ? [...wanted.admins] : [creator],
    bot: 'left',
    migratedTo: null,
  };
  world.groups.set(group.id, group);
  world.events.emit({ type: 'chat', chat: group.id });
  if (wanted.hasBot) {
    changeStanding(world, group, creator, 'member');
    announce(world, group.id, creator, { group_chat_created: true });
  }
  return group;
}

/** Somebody adds the bot, or makes it an administrator. */
export function addBot(world: World, group: Group, by: number, standing: 'member' | 'administrator'): void {
  const wasInside = isBotInside(group);
  changeStanding(world, group, by, standing);
  if (!wasInside) announce(world, group.id, by, { new_chat_members: ['bot'] });
}

/** Somebody removes the bot. */
export function removeBot(world: World, group: Group, by: number): void {
  if (!isBotInside(group)) throw new Objection(`the bot is not in "${group.title}"`);
  changeStanding(world, group, by, 'kicked');
  if (group.type === 'group') announce(world, group.id, by, { left_chat_member: 'bot' });
}

/** A person blocks or unblocks the bot in their private chat. */
export function changeBlock(world: World, person: Person, isBlocked: boolean): void {
  if (person.hasBlockedBot === isBlocked) return;
  person.hasBlockedBot = isBlocked;
  const [from, to]: BotStanding[] = isBlocked ? ['member', 'kicked'] : ['kicked', 'member'];
  if (from && to) deliverStanding(world, { chat: person.id, by: person.id, from, to });
  world.events.emit({ type: 'chat', chat: person.id });
}

/** A group becomes a supergroup: a new id, told by one service message in each. */
export function migrateGroup(world: World, group: Group): Group {
  if (group.type !== 'group') throw new Objection(`"${group.title}" is a supergroup already`);
  if (group.migratedTo !== null) throw new Objection(`"${group.title}" became ${group.migratedTo} already`);
  const next: Group = { ...group, id: freeIdFor(world, 'supergroup'), type: 'supergroup' };
  world.groups.set(next.id, next);
  group.migratedTo = next.id;
  announce(world, group.id, group.admins[0] ?? 0, { migrate_to_chat_id: next.id });
  announce(world, next.id, null, { migrate_from_chat_id: group.id });
  world.events.emit({ type: 'chat', chat: group.id });
  world.events.emit({ type: 'chat', chat: next.id });
  return next;
}

function changeStanding(world: World, group: Group, by: number, to: BotStanding): void {
  const from = group.bot;
  group.bot = to;
  if (from !== to) deliverStanding(world, { chat: group.id, by, from, to });
  world.events.emit({ type: 'chat', chat: group.id });
}

function announce(world: World, chat: number, by: number | null, service: ServiceNote): void {
  const author = by === null ? ({ kind: 'anonymous' } as const) : ({ kind: 'person', id: by } as const);
  const message = world.messages.add({ chat, author, text: '', service }, world.clock.nowSeconds());
  deliverMessage(world, message);
  world.events.emit({ type: 'message', chat, message: message.id });
}

function freeIdFor(world: World, type: Group['type']): number {
  const isSameType = (id: number): boolean => isSupergroupId(id) === (type === 'supergroup');
  const taken = [...world.groups.keys()].filter(isSameType);
  return Math.min(type === 'supergroup' ? -1_002_000_000_000 : -4_000_000, ...taken) - 1;
}
