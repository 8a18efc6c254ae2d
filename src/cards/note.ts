import type { NoteCard } from '#domain/card.ts';
import { packOffer } from '#domain/offer-arg.ts';
import { pressButton } from './button.ts';
import { bold, code, line, lines, outside, type Rendered, target } from './text.ts';

const MARKS = { ok: '✅', warning: '⚠', question: '❓', error: '🔴' };

/** A short answer: what happened, the words it is about, and what to do next. */
export function renderNote(card: NoteCard): Rendered {
  const { didYouMean } = card;
  return {
    text: lines(
      line(bold(`${MARKS[card.tone]} ${card.title}`), ...(card.quoted ? ['  ', outside(card.quoted, 80)] : [])),
      card.objection ? outside(card.objection, 240) : null,
      ...card.lines,
      card.example ? line('Example: ', code(card.example)) : null,
      didYouMean ? line('Did you mean ', target(didYouMean.observable), '?') : null,
    ),
    rows: didYouMean
      ? [[pressButton('🔎 Look up that one', 'look_up', { arg: packOffer(0, didYouMean.markings) })]]
      : [],
    request: card.ask?.requestId ?? null,
    rev: 0,
  };
}
