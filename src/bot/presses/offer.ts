import { ACCEPTED_TOAST, CLOSED_TOAST, INVALID_TOAST, type Toast } from '#cards/toast.ts';
import { unpackOffer } from '#domain/offer-arg.ts';
import type { SocContext } from '../context.ts';
import type { BotDeps } from '../deps.ts';
import { requestLookUp } from '../requests/look-up.ts';
import { markingsNow, pressMarking } from './marking.ts';
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
      return pressMarking(ctx, press, { ask: memo.ask, offer: memo.offer }, deps);
    case 'look_up_all':
      await requestLookUp(ask, { found: plain, markings: await markingsNow(press, shown, deps), ...scope }, deps);
      return ACCEPTED_TOAST;
    case 'ask_again':
      await requestLookUp(ask, { found: plain, markings: memo.offer.markings, ...scope, evenIfLost: true }, deps);
      return ACCEPTED_TOAST;
    default: {
      const one = plain[at];
      if (!one) return INVALID_TOAST;
      await requestLookUp(ask, { found: [one], markings: await markingsNow(press, shown, deps), ...scope }, deps);
      return ACCEPTED_TOAST;
    }
  }
}
