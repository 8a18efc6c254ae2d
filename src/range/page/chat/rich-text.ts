/** What of Telegram's MessageEntity the page shows; offsets and lengths count UTF-16 units, as strings here do. */
export type TextEntity = {
  readonly type: string;
  readonly offset: number;
  readonly length: number;
  readonly url?: string;
  readonly language?: string;
  readonly unix_time?: number;
  readonly date_time_format?: string;
};

/** A piece of a message: plain text, or an entity around further pieces. */
export type RichPiece = string | { readonly entity: TextEntity; readonly pieces: readonly RichPiece[] };

const BLOCKS = new Set(['pre', 'blockquote', 'expandable_blockquote']);

/** Whether an entity stands on lines of its own. */
function isBlock(piece: RichPiece | undefined): boolean {
  return typeof piece === 'object' && BLOCKS.has(piece.entity.type);
}

/**
 * Nests a text's entities as a tree. Entities out of bounds are cut to the text, entities that cross another one's end
 * are cut there, so that any list of entities gives a tree and no character is lost or shown twice.
 */
export function toRichPieces(text: string, entities: readonly TextEntity[]): readonly RichPiece[] {
  const sorted = entities
    .filter(({ offset, length }) => Number.isInteger(offset) && offset >= 0 && length > 0 && offset < text.length)
    .sort((a, b) => a.offset - b.offset || b.length - a.length);
  return toPieces({ text, start: 0, end: text.length, entities: sorted });
}

type Span = { text: string; start: number; end: number; entities: readonly TextEntity[] };

function toPieces({ text, start, end, entities }: Span): readonly RichPiece[] {
  const pieces: RichPiece[] = [];
  let cursor = start;
  let index = 0;
  while (index < entities.length) {
    const entity = entities[index++];
    if (entity === undefined || entity.offset < cursor) continue;
    const entityEnd = Math.min(entity.offset + entity.length, end);
    const inner: TextEntity[] = [];
    for (let next = entities[index]; next && next.offset < entityEnd; next = entities[++index]) inner.push(next);
    pushText(pieces, text.slice(cursor, entity.offset));
    pieces.push({ entity, pieces: toPieces({ text, start: entity.offset, end: entityEnd, entities: inner }) });
    cursor = entityEnd;
  }
  pushText(pieces, text.slice(cursor, end));
  return pieces;
}

/** A block already ends its line, so the line break that follows it in the text would show as an empty line. */
function pushText(pieces: RichPiece[], text: string): void {
  const shown = isBlock(pieces.at(-1)) ? text.replace(/^\n/, '') : text;
  if (shown !== '') pieces.push(shown);
}
