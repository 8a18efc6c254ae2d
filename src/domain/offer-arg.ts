import { DEFAULT_MARKINGS, type Markings, PAPS, TLPS } from './marking.ts';

/** How many observables a card can offer: what is left of sixteen bits beside the markings. */
export const MOST_OFFERED = 2 ** 11;

/** A button of an offer in sixteen bits: which observable, under which markings. */
export function packOffer(at: number, markings: Markings): number {
  return (TLPS.indexOf(markings.tlp) << 13) | (PAPS.indexOf(markings.pap) << 11) | at;
}

/** Reads what `packOffer` wrote; a number that names no marking falls back to the defaults. */
export function unpackOffer(arg: number): { readonly at: number; readonly markings: Markings } {
  const tlp = TLPS[arg >> 13] ?? DEFAULT_MARKINGS.tlp;
  const pap = PAPS[(arg >> 11) & 3] ?? DEFAULT_MARKINGS.pap;
  return { at: arg & (MOST_OFFERED - 1), markings: { tlp, pap } };
}
