import type { NoteCard } from '#domain/card.ts';
import { defang } from '#domain/defang.ts';
import { packOffer } from '#domain/offer-arg.ts';
import { pressButton } from './button.ts';
import { bold, code, line, lines, outside, type Rendered } from './text.ts';

const MARKS = { ok: '✅', warning: '⚠', question: '❓', error: '🔴' };

/** A short answer: what happened, the words it is about, and what to do next. */
export function renderNote(card: NoteCard): Rendered {
  const { didYouMean } = card;
  return {
    text: lines(
      line(bold(`${MARKS[card.tone]} ${card.title}`), ...(card.quoted ? ['  ', outside(card.quoted, 80)] : [])),
      ...card.lines.map((text) => outside(text, 240)),
      didYouMean ? line('Did you mean ', code(defang(didYouMean.observable)), '?') : null,
    ),
    rows: didYouMean
      ? [[pressButton('🔎 Look up that one', 'look_up', { arg: packOffer(0, didYouMean.markings) })]]
      : [],
    request: card.ask?.requestId ?? null,
    rev: 0,
  };
}
