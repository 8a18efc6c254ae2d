import { hasHiddenCharacter, nameCharacter } from './hidden-characters.ts';

const ELLIPSIS = '…';
/** Of longer texts only the two ends are looked at, in UTF-16 units. */
const LONGEST_WHOLE = 16_384;
const TAIL_SHARE = 0.4;
const MAX_MARKS = 3;
/** A character with the marks that sit on it; runs of spaces count as one piece so that they cannot push text away. */
const PIECE = / {2,}|[^\p{M}]\p{M}*|\p{M}+/gsu;
const EXTENSION = /\.[^.\s]{1,10}$/;
const EMOJI_STYLE = /^(\p{Extended_Pictographic}|[#*0-9])\uFE0F$/u;

/**
 * Makes outside text safe to look at on one line: what cannot be seen is named (`invoice<U+202E>fdp.exe`), heaps of
 * combining marks and long runs of spaces are counted instead of drawn, and a text that is too long loses its middle, so
 * that a file name keeps its extension. `maxUnits` counts UTF-16 code units, as Telegram does; the result never exceeds
 * it and never splits a character.
 */
export function visibleText(text: string, maxUnits: number): string {
  if (maxUnits < 1) return '';
  const isCut = text.length > Math.max(LONGEST_WHOLE, 2 * maxUnits);
  const head = toPieces(isCut ? withoutHalfAtEnd(text.slice(0, maxUnits)) : text);
  const tail = isCut ? toPieces(withoutHalfAtStart(text.slice(-maxUnits))) : head;
  const whole = head.join('');
  if (!isCut && whole.length <= maxUnits) return whole;
  const room = maxUnits - ELLIPSIS.length;
  const extensionUnits = EXTENSION.exec(tail.join(''))?.[0].length ?? 0;
  const tailRoom = Math.min(room, Math.max(Math.floor(room * TAIL_SHARE), extensionUnits));
  const end = takeWithin(tail.toReversed(), tailRoom).toReversed().join('');
  return takeWithin(head, room - end.length).join('') + ELLIPSIS + end;
}

function toPieces(text: string): string[] {
  return (text.match(PIECE) ?? []).map(showPiece);
}

function showPiece(piece: string): string {
  if (piece.startsWith('  ')) return piece.length > MAX_MARKS ? `<${piece.length} spaces>` : piece;
  if (EMOJI_STYLE.test(piece)) return piece;
  const [first = '', ...marks] = Array.from(piece);
  const shown = [first, ...marks.slice(0, MAX_MARKS)].map(showCharacter).join('');
  const hiddenMarks = marks.length - MAX_MARKS;
  const base = /^\p{M}/u.test(first) ? nameCharacter(first) + shown.slice(showCharacter(first).length) : shown;
  return hiddenMarks > 0 ? `${base}<+${hiddenMarks} marks>` : base;
}

function showCharacter(character: string): string {
  const isStrangeSpace = character !== ' ' && /^\p{Zs}$/u.test(character);
  return isStrangeSpace || hasHiddenCharacter(character) ? nameCharacter(character) : character;
}

function takeWithin(pieces: readonly string[], room: number): string[] {
  const taken: string[] = [];
  let left = room;
  for (const piece of pieces) {
    left -= piece.length;
    if (left < 0) break;
    taken.push(piece);
  }
  return taken;
}

/** A cut of ours through a surrogate pair must not look like a lone surrogate of theirs. */
function withoutHalfAtEnd(text: string): string {
  return text.replace(/[\uD800-\uDBFF]$/, '');
}

function withoutHalfAtStart(text: string): string {
  return text.replace(/^[\uDC00-\uDFFF]/, '');
}
