import { ACCEPTED_TOAST, CLOSED_TOAST, INVALID_TOAST, type Toast } from '#cards/toast.ts';
import type { Ask } from '#domain/ask.ts';
import { isMoreOpen, type Markings } from '#domain/marking.ts';
import { unpackOffer } from '#domain/offer-arg.ts';
import {
  closerOf,
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
import { requestLookUp } from '../requests/look-up.ts';
import { recordAsk } from '../requests/record-ask.ts';
import { withheldBy } from '../requests/withheld.ts';
import type { SignedPress } from './signed-press.ts';

/** Looks up what a card offered: the observables come from what the request wrote down, never from the message. */
export async function pressOffer(ctx: SocContext, press: SignedPress, deps: BotDeps): Promise<Toast> {
  const { ask } = ctx;
  const memo = await deps.desk.memoOf(press.requestId);
  if (!memo?.offer) return CLOSED_TOAST;
  const { observables, only } = memo.offer;
  const scope = only === undefined ? {} : { only };
  const { at, markings: shown } = unpackOffer(press.call.arg);
  const plain = observables.map((observable) => ({ observable, notes: [] }));
  switch (press.call.op) {
    case 'mark':
      return mark(ctx, press, { ask: memo.ask, offer: memo.offer, wanted: shown }, deps);
    case 'look_up_all':
      await requestLookUp(ask, { found: plain, markings: await closedBy(press, shown, deps), ...scope }, deps);
      return ACCEPTED_TOAST;
    case 'ask_again':
      await requestLookUp(ask, { found: plain, markings: memo.offer.markings, ...scope, evenIfLost: true }, deps);
      return ACCEPTED_TOAST;
    default: {
      const one = plain[at];
      if (!one) return INVALID_TOAST;
      await requestLookUp(ask, { found: [one], markings: await closedBy(press, shown, deps), ...scope }, deps);
      return ACCEPTED_TOAST;
    }
  }
}

/** What to look up under: as the card shows it, or closer where somebody has closed it since it was drawn. */
async function closedBy({ requestId }: SignedPress, shown: Markings, { marks }: BotDeps): Promise<Markings> {
  const kept = await marks.get(offerMark(requestId));
  return kept === null ? shown : closerOf(shown, parseOfferMarking(kept.value).markings);
}

type Wanted = { readonly ask: Ask; readonly offer: NonNullable<RequestMemo['offer']>; readonly wanted: Markings };

/** Marks what a card offers. Closing is anybody's; opening is for whoever brought it, and never beyond what they wrote. */
async function mark({ ask, person }: SocContext, press: SignedPress, what: Wanted, deps: BotDeps): Promise<Toast> {
  const { ask: asked, offer, wanted } = what;
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
