import { type Entity, isOverlapping, QUOTE_TYPES, sortEntities, SPLITTABLE_TYPES } from './entities.ts';
import { findUrls } from './find-urls.ts';

// The patterns are those that the comments of tdlib/td, MessageEntity.cpp give.
const WORD = '[\\p{L}\\p{N}_]';
const TAG = '[\\p{L}\\p{Nd}_\\u200c\\u00b7]';
const MENTION = new RegExp(`(?<!${WORD})@[a-zA-Z0-9_]{4,32}(?!${WORD})`, 'gu');
const COMMAND = /(?<![\p{L}\p{N}_/<>])\/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?(?![\p{L}\p{N}_/<>@])/gu;
const HASHTAG = new RegExp(`(?<!${TAG})#(?=${TAG}*\\p{L})${TAG}{1,256}(?!${TAG}*#)`, 'gu');
const CASHTAG = new RegExp(`(?<![$\\p{L}\\p{Nd}_])\\$(?:1INCH|[A-Z]{1,8})(?![$\\p{L}\\p{Nd}_])`, 'gu');

/**
 * What Telegram makes tappable by itself: links, e-mail addresses, @mentions, /commands, #hashtags and $CASHTAGS. None
 * inside code, links or dates that are already there.
 */
export function autoEntitiesOf(text: string, explicit: readonly Entity[]): readonly Entity[] {
  if (!/[.@/#$:]/.test(text)) return [];
  const taken = explicit.filter((entity) => !SPLITTABLE_TYPES.has(entity.type) && !QUOTE_TYPES.has(entity.type));
  const found: Entity[] = [];
  const candidates = [
    ...findUrls(text),
    ...matchesOf(text, MENTION, 'mention'),
    ...matchesOf(text, COMMAND, 'bot_command'),
    ...matchesOf(text, HASHTAG, 'hashtag'),
    ...matchesOf(text, CASHTAG, 'cashtag'),
  ];
  for (const candidate of candidates) {
    if (taken.some((entity) => isOverlapping(entity, candidate))) continue;
    if (found.some((entity) => isOverlapping(entity, candidate))) continue;
    found.push(candidate);
  }
  return sortEntities(found);
}

function matchesOf(text: string, pattern: RegExp, type: string): Entity[] {
  return Array.from(text.matchAll(pattern), (match) => ({ type, offset: match.index, length: match[0].length }));
}
