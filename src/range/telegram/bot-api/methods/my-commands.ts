import type { BotCommand, World } from '../../world/world.ts';
import { type CallInput, jsonOf, plainText, textOf } from '../call-input.ts';
import { badRequest } from '../refusal.ts';

const MAX_COMMANDS = 100;
const CHAT_SCOPES = new Set(['chat', 'chat_administrators', 'chat_member']);
const WIDE_SCOPES = new Set(['default', 'all_private_chats', 'all_group_chats', 'all_chat_administrators']);

/** See core.telegram.org/bots/api#setmycommands. An empty list is the same as deleting. */
export function setMyCommands(world: World, input: CallInput): true {
  const commands = readCommands(jsonOf(input, 'commands', 'commands'));
  const key = scopeKey(input);
  if (commands.length === 0) world.commands.delete(key);
  else world.commands.set(key, commands);
  world.events.emit({ type: 'commands' });
  return true;
}

/** See core.telegram.org/bots/api#getmycommands. */
export function getMyCommands(world: World, input: CallInput): readonly BotCommand[] {
  return world.commands.get(scopeKey(input)) ?? [];
}

/** See core.telegram.org/bots/api#deletemycommands. */
export function deleteMyCommands(world: World, input: CallInput): true {
  world.commands.delete(scopeKey(input));
  world.events.emit({ type: 'commands' });
  return true;
}

/** The key of a scope in `World.commands`; `ids` are the chat and the person of narrow scopes. */
export function commandKey(type: string, ids: readonly (number | string)[] = [], language = ''): string {
  return [type, ...ids, language].join('|');
}

function scopeKey(input: CallInput): string {
  const language = textOf(input, 'language_code');
  const scope = jsonOf(input, 'scope', 'BotCommandScope');
  if (scope === undefined) return commandKey('default', [], language);
  const fields = typeof scope === 'object' && scope !== null ? (scope as Readonly<Record<string, unknown>>) : {};
  const type = fields['type'];
  if (typeof type !== 'string') throw badRequest('Can\'t parse BotCommandScope: Can\'t find field "type"');
  if (WIDE_SCOPES.has(type)) return commandKey(type, [], language);
  if (!CHAT_SCOPES.has(type)) throw badRequest("Can't parse BotCommandScope: Unsupported type specified");
  const chat = fields['chat_id'];
  if (chat === undefined) throw badRequest('Can\'t parse BotCommandScope: Can\'t find field "chat_id"');
  const ids = type === 'chat_member' ? [plainText(chat), plainText(fields['user_id'])] : [plainText(chat)];
  return commandKey(type, ids, language);
}

function readCommands(value: unknown): readonly BotCommand[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw badRequest('Expected an Array of BotCommand');
  if (value.length > MAX_COMMANDS) throw badRequest('BOT_COMMANDS_TOO_MUCH');
  return value.map((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null) throw badRequest("Can't parse BotCommand: expected an Object");
    const { command, description } = entry as Readonly<Record<string, unknown>>;
    if (typeof command !== 'string') throw badRequest('Can\'t parse BotCommand: Can\'t find field "command"');
    if (typeof description !== 'string') throw badRequest('Can\'t parse BotCommand: Can\'t find field "description"');
    const name = command.replace(/^\//, '');
    if (!/^[a-z0-9_]{1,32}$/.test(name)) throw badRequest('BOT_COMMAND_INVALID');
    if (description.length < 1 || description.length > 256) throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID');
    return { command: name, description };
  });
}
