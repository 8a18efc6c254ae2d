import { closerOf, isMoreOpen, type Markings, PAPS, TLPS } from './marking.ts';

/** What an offer is marked as at present, and how often that was changed. */
export type OfferMarking = { readonly markings: Markings; readonly rev: number };

/** A press of a marking button: what it wants, how often the marking had been changed when the card was drawn, modulo 256. */
export type MarkPress = { readonly wanted: Markings; readonly rev: number; readonly isAuthor: boolean };

export type MarkOutcome = { readonly kind: 'changed' | 'same' | 'refused' } & OfferMarking;

/**
 * What a press makes of a marking. Only whoever brought the text may open it, and only from a card that shows it as it
 * is; any other press closes, and never undoes what another has closed meanwhile.
 */
export function pressMark(now: OfferMarking, { wanted, rev, isAuthor }: MarkPress): MarkOutcome {
  const mayOpen = isAuthor && rev === now.rev % 256;
  const markings = mayOpen ? wanted : closerOf(now.markings, wanted);
  const isChanged = markings.tlp !== now.markings.tlp || markings.pap !== now.markings.pap;
  if (isChanged) return { kind: 'changed', markings, rev: now.rev + 1 };
  return { kind: isMoreOpen(wanted, now.markings) ? 'refused' : 'same', ...now };
}

/** Writes a marking down for the store. */
export function formatOfferMarking({ markings, rev }: OfferMarking): string {
  return `${rev} ${markings.tlp} ${markings.pap}`;
}

/** Reads what `formatOfferMarking` wrote. What cannot be read is as closed as can be. */
export function parseOfferMarking(text: string): OfferMarking {
  const [rev, tlpText, papText] = text.split(' ');
  const tlp = TLPS.find((name) => name === tlpText) ?? 'RED';
  const pap = PAPS.find((name) => name === papText) ?? 'RED';
  return { markings: { tlp, pap }, rev: Number.parseInt(rev ?? '', 10) || 0 };
}
