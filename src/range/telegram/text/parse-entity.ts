import { plainText } from '../bot-api/call-input.ts';
import { badRequest } from '../bot-api/refusal.ts';
import { AUTO_TYPES, CODE_TYPES, type Entity, QUOTE_TYPES, SPLITTABLE_TYPES } from './entities.ts';
import { objectionToLink } from './link.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads one entity that a bot sent. Null when Telegram would ignore it because it finds such entities itself.
 * The rules and words are those of `get_text_entity` in tdlib/telegram-bot-api, Client.cpp.
 */
export function parseEntity(value: unknown): Entity | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unreadable('expected an Object');
  const fields = value as Fields;
  const offset = requiredInteger(fields, 'offset');
  const length = requiredInteger(fields, 'length');
  const type = requiredString(fields, 'type');
  if (type === '') throw unreadable('Type is not specified');
  if (AUTO_TYPES.has(type)) return null;
  return { type, offset, length, ...extrasOf(type, fields) };
}

function extrasOf(type: string, fields: Fields): Partial<Entity> {
  if (SPLITTABLE_TYPES.has(type) || QUOTE_TYPES.has(type) || type === 'code') return {};
  if (CODE_TYPES.has(type)) {
    const language = fields['language'];
    return typeof language === 'string' && language !== '' ? { language } : {};
  }
  if (type === 'text_link') return { url: linkIn(requiredString(fields, 'url')) };
  if (type === 'text_mention') return { user: { id: mentionedUserIn(fields['user']) } };
  if (type === 'custom_emoji') return { custom_emoji_id: plainText(fields['custom_emoji_id']) };
  if (type === 'date_time') return dateTimeIn(fields);
  throw unreadable('Unsupported type specified');
}

function linkIn(url: string): string {
  const objection = objectionToLink(url);
  if (objection !== null) throw badRequest(`Entity ${objection}`);
  return url;
}

function mentionedUserIn(user: unknown): number {
  const id = typeof user === 'object' && user !== null && 'id' in user ? Number(user.id) : Number.NaN;
  if (!Number.isSafeInteger(id)) throw unreadable('Can\'t find field "user"');
  return id;
}

function dateTimeIn(fields: Fields): Partial<Entity> {
  const unixTime = requiredInteger(fields, 'unix_time');
  const format = fields['date_time_format'];
  if (format === undefined || format === '') return { unix_time: unixTime };
  if (typeof format !== 'string' || !/^(?:[rR]|[tTdDwW]+)$/.test(format)) {
    throw unreadable('Invalid date-time format specified');
  }
  return { unix_time: unixTime, date_time_format: format };
}

function requiredInteger(fields: Fields, name: string): number {
  const value = fields[name];
  if (value === undefined) throw unreadable(`Can't find field "${name}"`);
  const number = typeof value === 'string' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isInteger(number)) {
    throw unreadable(`Field "${name}" must be a valid Number`);
  }
  return number;
}

function requiredString(fields: Fields, name: string): string {
  const value = fields[name];
  if (value === undefined) throw unreadable(`Can't find field "${name}"`);
  if (typeof value !== 'string') throw unreadable(`Field "${name}" must be of type String`);
  return value;
}

function unreadable(reason: string): Error {
  return badRequest(`Can't parse MessageEntity: ${reason}`);
}
