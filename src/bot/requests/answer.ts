import type { Ask } from '#domain/ask.ts';
import type { Card, NoteCard } from '#domain/card.ts';
import type { Observable } from '#domain/observable.ts';
import type { Objected } from '#domain/parsed.ts';
import type { BotDeps } from '../deps.ts';

/** Answers with a card that needs no reading. */
export async function showCard(ask: Ask, card: Card, deps: BotDeps): Promise<void> {
  return deps.desk.startAnswer({ ask, card }, `Answer: ${card.kind.replaceAll('_', ' ')}`);
}

/** Answers with a few words; observables in it become buttons. */
export async function showNote(ask: Ask, card: NoteCard, deps: BotDeps): Promise<void> {
  const { markings } = deps.settings;
  const offer = card.found ? { offer: { observables: card.found, markings } } : {};
  return deps.desk.startAnswer({ ask, card: { ...card, ask } }, `Answer: ${card.title}`, offer);
}

/** Says why a text was not understood, and what may have been meant. */
export async function showObjection(ask: Ask, text: string, objected: Objected, deps: BotDeps): Promise<void> {
  const { objection, didYouMean } = objected;
  const found: readonly Observable[] = didYouMean ? [didYouMean] : [];
  return showNote(
    ask,
    { kind: 'note', tone: 'question', title: 'Which one?', quoted: text, lines: [objection], found },
    deps,
  );
}
