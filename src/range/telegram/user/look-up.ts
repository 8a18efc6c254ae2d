import type { StoredMessage } from '../world/messages.ts';
import type { Group, Person } from '../world/people.ts';
import type { World } from '../world/world.ts';
import { Objection } from './objection.ts';

/** The person with that id. */
export function personOf(world: World, id: number): Person {
  const person = world.people.get(id);
  if (!person) throw new Objection(`there is no person ${id}`);
  return person;
}

/** The group or supergroup with that id. */
export function groupOf(world: World, id: number): Group {
  const group = world.groups.get(id);
  if (!group) throw new Objection(`there is no group ${id}`);
  return group;
}

/** Makes sure that a person has a chat on the phone; a private chat is theirs alone. */
export function refuseOutsider(world: World, person: Person, chat: number): void {
  if (chat === person.id) return;
  if (world.people.has(chat))
    throw new Objection(`${person.name} cannot look into somebody else's private chat ${chat}`);
  const group = groupOf(world, chat);
  if (!group.members.includes(person.id)) throw new Objection(`${person.name} is not in "${group.title}"`);
}

/** A message that is still there. */
export function messageIn(world: World, chat: number, id: number): StoredMessage {
  const message = world.messages.find(chat, id);
  if (!message) throw new Objection(`there is no message ${id} in chat ${chat}`);
  return message;
}

/** The name of a chat. */
export function titleOf(world: World, chat: number): string {
  return world.groups.get(chat)?.title ?? personOf(world, chat).name;
}
