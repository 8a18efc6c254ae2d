import { INVALID_TOAST, type Toast } from '#cards/toast.ts';
import type { Ask } from '#domain/ask.ts';
import { closerOf, isMoreOpen, type Markings } from '#domain/marking.ts';
import { unpackOffer } from '#domain/offer-arg.ts';
import {
  formatOfferMarking,
  type MarkOutcome,
  type MarkPress,
  parseOfferMarking,
  pressMark,
} from '#domain/offer-marking.ts';
import { offerMark } from '#store/mark-names.ts';
import type { RequestMemo } from '#workflows/messages.ts';
import type { SocContext } from '../context.ts';
import type { BotDeps } from '../deps.ts';
import { recordAsk } from '../requests/record-ask.ts';
import { withheldBy } from '../requests/withheld.ts';
import type { SignedPress } from './signed-press.ts';

/** What to look up under: as the card shows it, or closer where somebody has closed it since it was drawn. */
export async function markingsNow({ requestId }: SignedPress, shown: Markings, { marks }: BotDeps): Promise<Markings> {
  const kept = await marks.get(offerMark(requestId));
  return kept === null ? shown : closerOf(shown, parseOfferMarking(kept.value).markings);
}

type Offered = { readonly ask: Ask; readonly offer: NonNullable<RequestMemo['offer']> };

/** Marks what a card offers. Closing is anybody's; opening is for whoever brought it, and never beyond what they wrote. */
export async function pressMarking(
  { ask, person }: SocContext,
  press: SignedPress,
  { ask: asked, offer }: Offered,
  deps: BotDeps,
): Promise<Toast> {
  const { markings: wanted } = unpackOffer(press.call.arg);
  if (!offer.mostOpen || isMoreOpen(wanted, offer.mostOpen)) return INVALID_TOAST;
  const isAuthor = person.name === asked.by.name;
  const outcome = await changeMark(press, { wanted, rev: press.call.rev, isAuthor }, offer.markings, deps);
  const isRefused = outcome.kind === 'refused';
  const meant = isRefused ? wanted : outcome.markings;
  const detail = `TLP:${meant.tlp} PAP:${meant.pap}`;
  await recordAsk(ask, { action: 'mark', outcome: isRefused ? 'refused' : 'asked', detail }, deps);
  if (isRefused && !isAuthor)
    return { text: `Only ${asked.by.name} may open this. Anybody may close it.`, isAlert: true };
  const { observables, notes = [], mostOpen } = offer;
  const { markings, rev } = outcome;
  const shown = { ask: asked, found: observables, notes, markings, rev, mostOpen };
  const card = { kind: 'offer', ...shown, ...withheldBy(markings, deps) } as const;
  await deps.desk.startAnswer({ ask, card, edit: press.message }, 'Change the markings');
  return isRefused
    ? { text: 'It was closed meanwhile. Look again before you open it.', isAlert: true }
    : { text: detail, isAlert: false };
}

/** What the marking is after a press: kept in the store, so that no button of an older card opens it again. */
async function changeMark(
  { requestId }: SignedPress,
  press: MarkPress,
  written: Markings,
  { marks, now }: BotDeps,
): Promise<MarkOutcome> {
  let outcome: MarkOutcome = { kind: 'same', markings: written, rev: 0 };
  const next = (value: string | null): string | null => {
    outcome = pressMark(value === null ? { markings: written, rev: 0 } : parseOfferMarking(value), press);
    return outcome.kind === 'changed' ? formatOfferMarking(outcome) : null;
  };
  await marks.change(offerMark(requestId), next, now());
  return outcome;
}
