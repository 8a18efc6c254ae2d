import type { Toast } from '#cards/toast.ts';
import type { SocContext } from '../context.ts';
import type { BotDeps } from '../deps.ts';
import type { SignedPress } from './signed-press.ts';

/** Unfolds or folds the sources of a look-up, on the card that was pressed. */
export async function pressView(ctx: SocContext, press: SignedPress, deps: BotDeps): Promise<Toast | null> {
  const view = press.call.op === 'more' ? 'full' : 'short';
  const read = { what: 'look_up', requestId: press.requestId, view } as const;
  await deps.desk.startAnswer({ ask: ctx.ask, read, edit: press.message }, `Show ${view === 'full' ? 'more' : 'less'}`);
  return null;
}
