import type { OfferCard } from '#domain/card.ts';
import { PAPS, TLPS } from '#domain/marking.ts';
import { MOST_OFFERED, packOffer } from '#domain/offer-arg.ts';
import { type Button, endedButton, pressButton } from './button.ts';
import { footer } from './footer.ts';
import { bold, line, lines, outside, type Piece, type Rendered, target } from './text.ts';
import { OWN_MESSAGE, withheldOffer } from './withheld.ts';

/** More chips than this do not fit a thumb; the rest is reached with "all". */
const MOST_CHIPS = 8;

/** What was found in a text: a chip for each, all at once, and the markings to look up under. */
export function renderOffer(card: OfferCard): Rendered {
  const { found, markings } = card;
  const shown = found.slice(0, MOST_CHIPS);
  return {
    text: lines(
      ...(card.withheldAbove ? withheldOffer(shown, card, card.withheldAbove) : foundLines(shown, card)),
      found.length > shown.length ? `… and ${found.length - shown.length} more` : null,
      ...(card.withheldAbove ? [OWN_MESSAGE] : card.notes.slice(0, 4).map((note) => line('⚠ ', outside(note, 160)))),
      '',
      footer(card.ask, markings),
    ),
    rows: [...chipsOf(card, shown.length), markingButtons(card)],
    request: card.ask.requestId,
    rev: card.rev % 256,
  };
}

function foundLines(shown: OfferCard['found'], { found }: OfferCard): Piece[] {
  return [
    bold(found.length === 1 ? '🔎 FOUND 1 observable' : `🔎 FOUND ${found.length} observables`),
    ...shown.map((observable, at) => line(`${at + 1} ${observable.kind} `, target(observable, 80))),
  ];
}

function chipsOf({ found, markings }: OfferCard, count: number): readonly (readonly Button[])[] {
  const chips = Array.from({ length: count }, (_, at) =>
    pressButton(count === 1 ? '🔎 Look up' : `🔎 ${at + 1}`, 'look_up', {
      arg: packOffer(at, markings),
      style: 'primary',
    }),
  );
  const all =
    found.length > 1 && found.length < MOST_OFFERED
      ? [pressButton(`Look up all ${found.length}`, 'look_up_all', { arg: packOffer(0, markings) })]
      : [];
  return [chips.slice(0, 4), chips.slice(4), all].filter((row) => row.length > 0);
}

/** Each press goes one step on, round and round down to what may be opened: the card shows what is set. */
function markingButtons({ markings, mostOpen }: OfferCard): readonly Button[] {
  const tlp = stepOf(TLPS, markings.tlp, mostOpen.tlp);
  const pap = stepOf(PAPS, markings.pap, mostOpen.pap);
  return [
    tlp === markings.tlp
      ? endedButton(`TLP:${tlp}`)
      : pressButton(`TLP → ${tlp}`, 'mark', { arg: packOffer(0, { ...markings, tlp }) }),
    pap === markings.pap
      ? endedButton(`PAP:${pap}`)
      : pressButton(`PAP → ${pap}`, 'mark', { arg: packOffer(0, { ...markings, pap }) }),
  ];
}

function stepOf<Name extends string>(names: readonly Name[], now: Name, mostOpen: Name): Name {
  return names[names.indexOf(now) + 1] ?? mostOpen;
}
