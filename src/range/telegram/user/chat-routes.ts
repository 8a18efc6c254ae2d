import { z } from 'zod';
import { commandKey } from '../bot-api/methods/my-commands.ts';
import type { BotCommand, World } from '../world/world.ts';
import { type Exchange, idIn, json, readJson, readQuery, type Reply, type Route } from './exchange.ts';
import { groupOf, personOf, refuseOutsider } from './look-up.ts';
import { addBot, changeBlock, createGroup, migrateGroup, removeBot } from './membership.ts';
import { Objection } from './objection.ts';
import { listChats, toPhonePerson } from './phone-view.ts';

const NEW_GROUP = z.strictObject({
  title: z.string().min(1).max(128),
  members: z.array(z.int()).min(1),
  admins: z.array(z.int()).default([]),
  type: z.enum(['group', 'supergroup']).default('group'),
  hasBot: z.boolean().default(true),
});

const NEW_PERSON = z.strictObject({
  id: z.int().positive(),
  name: z.string().min(1).max(64),
  username: z
    .string()
    .regex(/^[A-Za-z]\w{3,31}$/)
    .nullable()
    .default(null),
  started: z.boolean().default(true),
});

const BY = z.strictObject({ by: z.int().optional(), as: z.enum(['member', 'administrator']).default('member') });

const VIEWER = z.strictObject({ as: z.coerce.number().int() });

/** People, groups, and who is in them. */
export const CHAT_ROUTES: readonly Route[] = [
  { method: 'GET', pattern: '/user', answer: showOverview },
  { method: 'POST', pattern: '/user/people', answer: addPerson },
  { method: 'POST', pattern: '/user/people/:person/block', answer: (exchange) => setBlock(exchange, true) },
  { method: 'POST', pattern: '/user/people/:person/unblock', answer: (exchange) => setBlock(exchange, false) },
  { method: 'POST', pattern: '/user/chats', answer: addGroup },
  { method: 'POST', pattern: '/user/chats/:chat/join', answer: joinGroup },
  { method: 'POST', pattern: '/user/chats/:chat/leave', answer: leaveGroup },
  { method: 'POST', pattern: '/user/chats/:chat/migrate', answer: migrate },
  { method: 'GET', pattern: '/user/chats/:chat/commands', answer: showCommands },
];

function showOverview({ world }: Exchange): Reply {
  return json({
    bot: world.bot,
    people: [...world.people.values()].map(toPhonePerson),
    chats: listChats(world),
    clock: { now: new Date(world.clock.nowMs()).toISOString() },
  });
}

async function addPerson(exchange: Exchange): Promise<Reply> {
  const { id, name, username, started } = await readJson(exchange, NEW_PERSON);
  if (exchange.world.people.has(id) || id === exchange.world.bot.id) throw new Objection(`the id ${id} is taken`);
  const person = { id, name, username, isStarted: started, hasBlockedBot: false, isKnown: started };
  exchange.world.people.set(id, person);
  exchange.world.events.emit({ type: 'chat', chat: id });
  return json({ person: toPhonePerson(person) });
}

function setBlock(exchange: Exchange, isBlocked: boolean): Reply {
  const person = personOf(exchange.world, idIn(exchange, 'person'));
  changeBlock(exchange.world, person, isBlocked);
  return json({ person: toPhonePerson(person) });
}

async function addGroup(exchange: Exchange): Promise<Reply> {
  return showChat(exchange.world, createGroup(exchange.world, await readJson(exchange, NEW_GROUP)).id);
}

async function joinGroup(exchange: Exchange): Promise<Reply> {
  const group = groupOf(exchange.world, idIn(exchange, 'chat'));
  const { by, as } = await readJson(exchange, BY);
  addBot(exchange.world, group, by ?? group.members[0] ?? 0, as);
  return showChat(exchange.world, group.id);
}

async function leaveGroup(exchange: Exchange): Promise<Reply> {
  const group = groupOf(exchange.world, idIn(exchange, 'chat'));
  const { by } = await readJson(exchange, BY);
  removeBot(exchange.world, group, by ?? group.members[0] ?? 0);
  return showChat(exchange.world, group.id);
}

function migrate(exchange: Exchange): Reply {
  const group = groupOf(exchange.world, idIn(exchange, 'chat'));
  return showChat(exchange.world, migrateGroup(exchange.world, group).id);
}

function showChat(world: World, id: number): Reply {
  return json({ chat: listChats(world).find((chat) => chat.id === id) });
}

/** The command menu of one person in one chat: the narrowest scope that has one, as the Bot API documents. */
function showCommands(exchange: Exchange): Reply {
  const { world } = exchange;
  const chat = idIn(exchange, 'chat');
  const { as } = readQuery(exchange, VIEWER);
  refuseOutsider(world, personOf(world, as), chat);
  const group = world.groups.get(chat);
  const isAdmin = group?.admins.includes(as) ?? false;
  const keys = [
    commandKey('chat_member', [chat, as]),
    ...(isAdmin ? [commandKey('chat_administrators', [chat])] : []),
    commandKey('chat', [chat]),
    ...(isAdmin ? [commandKey('all_chat_administrators')] : []),
    commandKey(group ? 'all_group_chats' : 'all_private_chats'),
    commandKey('default'),
  ];
  const found: readonly BotCommand[] | undefined = keys.map((key) => world.commands.get(key)).find(Boolean);
  return json({ commands: found ?? [] });
}
