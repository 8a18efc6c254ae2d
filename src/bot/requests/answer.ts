import type { Ask } from '#domain/ask.ts';
import type { Card, NoteCard } from '#domain/card.ts';
import { isWithheld, PAPS, TLPS } from '#domain/marking.ts';
import type { Objected } from '#domain/parsed.ts';
import type { RequestMemo } from '#workflows/messages.ts';
import type { BotDeps } from '../deps.ts';
import type { Scope } from './offer.ts';

/** Answers with a card that needs no reading. */
export async function showCard(ask: Ask, card: Card, deps: BotDeps): Promise<void> {
  return deps.desk.startAnswer({ ask, card }, `Answer: ${card.kind.replaceAll('_', ' ')}`);
}

/** Answers with a few words; an observable that may have been meant becomes a button. */
export async function showNote(ask: Ask, card: NoteCard, deps: BotDeps): Promise<void> {
  return deps.desk.startAnswer({ ask, card: { ...card, ask } }, `Answer: ${card.title}`, offerOf(card));
}

function offerOf({ didYouMean }: NoteCard): Pick<RequestMemo, 'offer'> {
  if (!didYouMean) return {};
  const { observable, ...scope } = didYouMean;
  return { offer: { ...scope, observables: [observable] } };
}

/** What somebody wrote that was not understood, what a look-up of it would be, and why it was not. */
export type Misread = Scope & { readonly text: string; readonly objected: Objected };

/** Says why a text was not understood, and what may have been meant; quotes nothing that must stay out of the chat. */
export async function showObjection(ask: Ask, { text, objected, ...scope }: Misread, deps: BotDeps): Promise<void> {
  const { markings } = scope;
  const card = { kind: 'note', tone: 'question' } as const;
  if (isWithheld(markings, deps.settings.telegramMaxTlp)) {
    const lines = [`It is TLP:${markings.tlp}, so I do not repeat it here. Check how it is written.`];
    return showNote(ask, { ...card, title: 'Not understood', lines }, deps);
  }
  const { objection, didYouMean } = objected;
  const guess = didYouMean ? { didYouMean: { observable: didYouMean, ...scope } } : {};
  const title = didYouMean ? 'Which one?' : 'Not understood';
  return showNote(ask, { ...card, title, quoted: text, objection, lines: [], ...guess }, deps);
}

/** Says that a marking was not understood; nobody is asked anything meanwhile. */
export async function showUnreadMarking(ask: Ask, unread: string, deps: BotDeps): Promise<void> {
  const lines = [`TLP is ${TLPS.join(', ')}; PAP is ${PAPS.join(', ')}.`, 'Nobody was asked.'];
  const card = { kind: 'note', tone: 'question', title: 'Which marking?', quoted: unread, lines } as const;
  return showNote(ask, { ...card, example: '/ioc tlp:red 203.0.113.66' }, deps);
}
