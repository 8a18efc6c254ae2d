import type { FormattedString } from '@grammyjs/parse-mode';
import type { LookUpCard, OfferCard } from '#domain/card.ts';
import { refOf } from '#domain/ids.ts';
import type { Markings, Tlp } from '#domain/marking.ts';
import { type Button, pressButton } from './button.ts';
import { doubtLines } from './doubt-lines.ts';
import { footer } from './footer.ts';
import { bold, line, lines, type Piece } from './text.ts';

/** What somebody typed, nobody but they can take back. */
export const OWN_MESSAGE = 'Your own message is still here: delete it.';

/**
 * A look-up whose markings keep it out of the chat: how far it has come and where to read it; no observable, no report,
 * and no verdict either.
 */
export function withheldLookUp(card: LookUpCard, withheldAbove: Tlp): { text: FormattedString; rows: Button[][] } {
  const { investigations, markings, phase } = card.state;
  const isOpen = phase === 'running' && countOf(card, 'asking', 'waiting') > 0;
  return {
    text: lines(
      withheldHeadline(phase === 'cancelled' ? '✖ CANCELLED' : '🔒 WITHHELD', markings),
      whyLine(withheldAbove),
      progressLine(card),
      ...doubtLines(investigations, phase),
      `Read it in the Temporal UI under #${refOf(card.ask.requestId)}`,
      OWN_MESSAGE,
      '',
      footer(card.ask, markings),
    ),
    rows: isOpen ? [[pressButton('✖ Cancel', 'withdraw')]] : [],
  };
}

/** The lines of an offer whose markings keep what was found out of the chat: the kinds, by number, and no more. */
export function withheldOffer(shown: OfferCard['found'], { found, markings }: OfferCard, withheldAbove: Tlp): Piece[] {
  return [
    withheldHeadline(`🔒 FOUND ${found.length}`, markings),
    whyLine(withheldAbove),
    ...shown.map(({ kind }, at) => `${at + 1} ${kind}`),
  ];
}

function withheldHeadline(words: string, { tlp }: Markings): FormattedString {
  return line(bold(words), `  TLP:${tlp}`);
}

function whyLine(withheldAbove: Tlp): string {
  return `Telegram may hold TLP:${withheldAbove} at most`;
}

function progressLine(card: LookUpCard): string {
  const count = card.state.investigations.length;
  return [
    count === 1 ? '1 observable' : `${count} observables`,
    countOf(card, 'answered') === 1 ? '1 answer' : `${countOf(card, 'answered')} answers`,
    `${countOf(card, 'asking', 'waiting')} open`,
    `${countOf(card, 'silent')} silent`,
  ].join(' · ');
}

function countOf({ state }: LookUpCard, ...states: readonly string[]): number {
  return state.investigations.flatMap((one) => one.sources).filter((source) => states.includes(source.state)).length;
}
