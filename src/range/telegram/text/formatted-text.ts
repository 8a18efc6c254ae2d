import { badRequest } from '../bot-api/refusal.ts';
import { cleanText, trimText } from './clean-text.ts';
import {
  CODE_TYPES,
  type Entity,
  type FormattedText,
  isOverlapping,
  QUOTE_TYPES,
  sortEntities,
  SPLITTABLE_TYPES,
} from './entities.ts';
import { parseEntity } from './parse-entity.ts';

/** Longer input is refused before it is looked at; in bytes. */
const MAX_BYTES = 32_768;

/**
 * Text and entities of a message or caption as Telegram would store them, or the refusal it would give. Lengths are
 * the caller's matter. `allowsEmpty` is for captions.
 */
export function readFormattedText(
  input: { readonly text: string; readonly parseMode: unknown; readonly entities: unknown },
  allowsEmpty: boolean,
): FormattedText {
  if (Buffer.byteLength(input.text, 'utf8') > MAX_BYTES) throw badRequest('Text is too long');
  if (input.parseMode !== undefined && input.parseMode !== '') {
    throw badRequest('this simulator reads entities only: parse_mode is not supported');
  }
  const listed: readonly unknown[] = Array.isArray(input.entities) ? input.entities : [];
  const sent = listed.map(parseEntity).filter((entity) => entity !== null);
  for (const entity of sent) refuseIncredible(entity);
  const cleaned = cleanText(input.text, sortEntities(sent));
  const trimmed = trimText({ text: cleaned.text, entities: splitAroundCode(cleaned.entities) });
  if (trimmed.text === '' && !allowsEmpty) throw badRequest('Text must be non-empty');
  return { text: trimmed.text, entities: sortEntities(trimmed.entities) };
}

function refuseIncredible({ offset, length }: Entity): void {
  if (offset < 0 || offset > 1_000_000) throw badRequest(`Receive an entity with incorrect offset ${offset}`);
  if (length < 0 || length > 1_000_000) throw badRequest(`Receive an entity with incorrect length ${length}`);
}

/** Code holds no other formatting: what can be split is split around it, links under it are dropped. */
function splitAroundCode(entities: readonly Entity[]): readonly Entity[] {
  const codes = entities.filter((entity) => CODE_TYPES.has(entity.type));
  if (codes.length === 0) return entities;
  return entities.flatMap((entity) => {
    if (CODE_TYPES.has(entity.type) || QUOTE_TYPES.has(entity.type)) return [entity];
    if (!codes.some((code) => isOverlapping(code, entity))) return [entity];
    return SPLITTABLE_TYPES.has(entity.type) ? piecesOutside(entity, codes) : [];
  });
}

function piecesOutside(entity: Entity, codes: readonly Entity[]): Entity[] {
  const pieces: Entity[] = [];
  const end = entity.offset + entity.length;
  let start = entity.offset;
  for (const code of codes) {
    if (code.offset > start) pieces.push({ ...entity, offset: start, length: Math.min(code.offset, end) - start });
    start = Math.max(start, code.offset + code.length);
    if (start >= end) break;
  }
  if (start < end) pieces.push({ ...entity, offset: start, length: end - start });
  return pieces.filter((piece) => piece.length > 0);
}
