/** A piece of formatting, with the field names of the Bot API; offset and length count UTF-16 units. */
export type Entity = {
  readonly type: string;
  readonly offset: number;
  readonly length: number;
  readonly url?: string;
  readonly language?: string;
  readonly user?: { readonly id: number };
  readonly custom_emoji_id?: string;
  readonly unix_time?: number;
  readonly date_time_format?: string;
};

export type FormattedText = { readonly text: string; readonly entities: readonly Entity[] };

/** Inside these nothing is formatted and nothing becomes tappable. */
export const CODE_TYPES: ReadonlySet<string> = new Set(['code', 'pre']);

/** Formatting that may be cut into pieces around code. */
export const SPLITTABLE_TYPES: ReadonlySet<string> = new Set([
  'bold',
  'italic',
  'underline',
  'strikethrough',
  'spoiler',
]);

/** Quotes hold other entities instead of competing with them. */
export const QUOTE_TYPES: ReadonlySet<string> = new Set(['blockquote', 'expandable_blockquote']);

/** Found by Telegram itself; a bot that sends one of these is not refused, it is ignored. */
export const AUTO_TYPES: ReadonlySet<string> = new Set([
  'mention',
  'hashtag',
  'cashtag',
  'bot_command',
  'url',
  'email',
  'phone_number',
  'bank_card_number',
]);

/** By offset, the longer first. */
export function sortEntities(entities: readonly Entity[]): Entity[] {
  return [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
}

/** Whether two entities share at least one UTF-16 unit. */
export function isOverlapping(a: Entity, b: Entity): boolean {
  return a.offset < b.offset + b.length && b.offset < a.offset + a.length;
}
