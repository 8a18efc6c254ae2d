import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toRichPieces } from '#range/page/chat/rich-text.ts';
import type { RichPiece } from '#range/page/chat/rich-text.ts';

describe('toRichPieces', () => {
  it('nests an entity inside another one', () => {
    const pieces = toRichPieces('abcdef', [
      { type: 'italic', offset: 2, length: 2 },
      { type: 'bold', offset: 0, length: 6 },
    ]);

    expect(outlineOf(pieces)).toBe('<bold:ab<italic:cd>ef>');
  });

  it('counts UTF-16 units, so that an emoji before an entity does not shift it', () => {
    expect(outlineOf(toRichPieces('🔴 BAD x', [{ type: 'bold', offset: 3, length: 3 }]))).toBe('🔴 <bold:BAD> x');
  });

  it('cuts an entity where the one around it ends', () => {
    const pieces = toRichPieces('abcdef', [
      { type: 'bold', offset: 0, length: 3 },
      { type: 'italic', offset: 2, length: 3 },
    ]);

    expect(outlineOf(pieces)).toBe('<bold:ab<italic:c>>def');
  });

  it('drops the line break after a block, which already ends its line', () => {
    expect(outlineOf(toRichPieces('a\nb', [{ type: 'blockquote', offset: 0, length: 1 }]))).toBe('<blockquote:a>b');
  });

  it('shows every character exactly once and never fails, whatever the entities say', () => {
    const entity = fc.record({
      type: fc.constantFrom('bold', 'code', 'text_link'),
      offset: fc.oneof(fc.integer({ min: -5, max: 40 }), fc.double()),
      length: fc.oneof(fc.integer({ min: -5, max: 60 }), fc.constant(Number.NaN)),
    });

    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), fc.array(entity, { maxLength: 8 }), (text, entities) => {
        expect(textOf(toRichPieces(text, entities))).toBe(text);
      }),
    );
  });
});

function textOf(pieces: readonly RichPiece[]): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : textOf(piece.pieces))).join('');
}

function outlineOf(pieces: readonly RichPiece[]): string {
  return pieces
    .map((piece) => (typeof piece === 'string' ? piece : `<${piece.entity.type}:${outlineOf(piece.pieces)}>`))
    .join('');
}
