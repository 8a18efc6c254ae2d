import { ACCEPTED_TOAST, CLOSED_TOAST, INVALID_TOAST, type Toast } from '#cards/toast.ts';
import type { Ask } from '#domain/ask.ts';
import { isMoreOpen, type Markings } from '#domain/marking.ts';
import { unpackOffer } from '#domain/offer-arg.ts';
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
  const { at, markings } = unpackOffer(press.call.arg);
  const plain = observables.map((observable) => ({ observable, notes: [] }));
  switch (press.call.op) {
    case 'mark':
      return mark(ctx, press, { ask: memo.ask, offer: memo.offer, markings }, deps);
    case 'look_up_all':
      await requestLookUp(ask, { found: plain, markings, ...scope }, deps);
      return ACCEPTED_TOAST;
    case 'ask_again':
      await requestLookUp(ask, { found: plain, markings: memo.offer.markings, ...scope, evenIfLost: true }, deps);
      return ACCEPTED_TOAST;
    default: {
      const one = plain[at];
      if (!one) return INVALID_TOAST;
      await requestLookUp(ask, { found: [one], markings, ...scope }, deps);
      return ACCEPTED_TOAST;
    }
  }
}

/** Marks what a card offers. Closing is anybody's; opening is for whoever brought it, and never beyond what they wrote. */
async function mark(
  { ask, person }: SocContext,
  press: SignedPress,
  { ask: asked, offer, markings }: { ask: Ask; offer: NonNullable<RequestMemo['offer']>; markings: Markings },
  deps: BotDeps,
): Promise<Toast> {
  if (!offer.mostOpen || isMoreOpen(markings, offer.mostOpen)) return INVALID_TOAST;
  const isAuthor = person.name === asked.by.name;
  const isRefused = isMoreOpen(markings, offer.markings) && !isAuthor;
  const detail = `TLP:${markings.tlp} PAP:${markings.pap}`;
  await recordAsk(ask, { action: 'mark', outcome: isRefused ? 'refused' : 'asked', detail }, deps);
  if (isRefused) return { text: `Only ${asked.by.name} may open this. Anybody may close it.`, isAlert: true };
  const { observables, notes = [], mostOpen } = offer;
  const shown = { ask: asked, found: observables, notes, markings, mostOpen };
  const card = { kind: 'offer', ...shown, ...withheldBy(markings, deps) } as const;
  await deps.desk.startAnswer({ ask, card, edit: press.message }, 'Change the markings');
  return { text: detail, isAlert: false };
}
