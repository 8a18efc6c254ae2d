import { GONE_TOAST, type Toast } from '#cards/toast.ts';
import type { SocContext } from '../context.ts';
import type { BotDeps } from '../deps.ts';
import type { SignedPress } from './signed-press.ts';

/** Unfolds or folds the sources of a look-up, on the card that was pressed; one that is forgotten keeps what it shows. */
export async function pressView(ctx: SocContext, press: SignedPress, deps: BotDeps): Promise<Toast | null> {
  if (!(await deps.desk.memoOf(press.requestId))) return GONE_TOAST;
  const view = press.call.op === 'more' ? 'full' : 'short';
  const read = { what: 'look_up', requestId: press.requestId, view } as const;
  await deps.desk.showView(press.requestId, view);
  await deps.desk.startAnswer({ ask: ctx.ask, read, edit: press.message }, `Show ${view === 'full' ? 'more' : 'less'}`);
  return null;
}
