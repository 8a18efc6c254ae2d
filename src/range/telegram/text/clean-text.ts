import { badRequest } from '../bot-api/refusal.ts';
import type { Entity, FormattedText } from './entities.ts';

/** Swallowed whole: carriage return, line and paragraph separators, bidirectional marks, combining lines. */
const SWALLOWED = /[\r\u2028-\u202e]|\u0333|\u033f|\u030a/;

/** Anything that makes the slow walk necessary: what is swallowed, and control characters. */
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const UNCLEAN = /[\u0000-\u0009\u000b-\u001f\u2028-\u202e]|\u0333|\u033f|\u030a/;

/**
 * Text as Telegram stores it: control characters become spaces, a few characters vanish, entities move along.
 * An entity outside the text, or cutting a surrogate pair, is refused. Follows `clean_input_string_with_entities` in
 * tdlib/td, MessageEntity.cpp.
 */
export function cleanText(text: string, entities: readonly Entity[]): FormattedText {
  if (!text.isWellFormed()) throw badRequest('Strings must be encoded in UTF-8');
  for (const entity of entities) refuseMisplaced(text, entity);
  if (!UNCLEAN.test(text)) return { text, entities: entities.filter((entity) => entity.length > 0) };
  const positions = new Int32Array(text.length + 1);
  let cleaned = '';
  for (let index = 0; index < text.length; index += 1) {
    positions[index] = cleaned.length;
    const unit = text.charAt(index);
    if (SWALLOWED.test(unit)) continue;
    cleaned += unit !== '\n' && unit < ' ' ? ' ' : unit;
  }
  positions[text.length] = cleaned.length;
  const moved = entities.map((entity) => {
    const offset = positions[entity.offset] ?? 0;
    return { ...entity, offset, length: (positions[entity.offset + entity.length] ?? 0) - offset };
  });
  return { text: cleaned, entities: moved.filter((entity) => entity.length > 0) };
}

function refuseMisplaced(text: string, entity: Entity): void {
  const end = entity.offset + entity.length;
  if (entity.offset > text.length) {
    throw badRequest(`Entity begins after the end of the text at UTF-16 offset ${entity.offset}`);
  }
  if (isInsidePair(text, entity.offset)) {
    throw badRequest(`Entity begins in a middle of a UTF-16 symbol at byte offset ${bytesUpTo(text, entity.offset)}`);
  }
  const beginning = `Entity beginning at UTF-16 offset ${entity.offset}`;
  if (end > text.length) throw badRequest(`${beginning} ends after the end of the text at UTF-16 offset ${end}`);
  if (isInsidePair(text, end)) {
    throw badRequest(`${beginning} ends in a middle of a UTF-16 symbol at byte offset ${bytesUpTo(text, end)}`);
  }
}

function isInsidePair(text: string, index: number): boolean {
  return /^[\udc00-\udfff]$/.test(text.charAt(index));
}

/** Bytes up to and including the symbol that the index cuts. */
function bytesUpTo(text: string, index: number): number {
  return Buffer.byteLength(text.slice(0, index + 1), 'utf8');
}

/** Removes white space at both ends, as Telegram does, and cuts entities accordingly; leading space inside an entity stays. */
export function trimText({ text, entities }: FormattedText): FormattedText {
  const ended = text.replace(/[ \n]+$/, '');
  const firstEntity = entities.reduce((first, entity) => Math.min(first, entity.offset), ended.length);
  const leading = Math.min(ended.length - ended.replace(/^[ \n]+/, '').length, firstEntity);
  const kept = entities
    .map((entity) => ({ ...entity, length: Math.min(entity.offset + entity.length, ended.length) - entity.offset }))
    .filter((entity) => entity.length > 0)
    .map((entity) => ({ ...entity, offset: entity.offset - leading }));
  return { text: ended.slice(leading), entities: kept };
}
