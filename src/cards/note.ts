import type { NoteCard } from '#domain/card.ts';
import { defang } from '#domain/defang.ts';
import { DEFAULT_MARKINGS } from '#domain/marking.ts';
import { packOffer } from '#domain/offer-arg.ts';
import { pressButton } from './button.ts';
import { bold, code, line, lines, outside, type Rendered } from './text.ts';

const MARKS = { ok: '✅', warning: '⚠', question: '❓', error: '🔴' };

/** A short answer: what happened, the words it is about, and what to do next. */
export function renderNote(card: NoteCard): Rendered {
  const found = card.found ?? [];
  return {
    text: lines(
      line(bold(`${MARKS[card.tone]} ${card.title}`), ...(card.quoted ? ['  ', outside(card.quoted, 80)] : [])),
      ...card.lines.map((text) => outside(text, 240)),
      ...found.map((observable) => line('Did you mean ', code(defang(observable)), '?')),
    ),
    rows: found.map((_, at) => [
      pressButton('🔎 Look up that one', 'look_up', { arg: packOffer(at, DEFAULT_MARKINGS) }),
    ]),
    request: card.ask?.requestId ?? null,
    rev: 0,
  };
}
