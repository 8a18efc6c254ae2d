import type { Ask } from '#domain/ask.ts';
import { type Markings, mostOpen } from '#domain/marking.ts';
import type { Suggestion } from '#domain/suggest-observables.ts';
import type { BotDeps } from '../deps.ts';
import { withheldBy } from './withheld.ts';

/** What one card offers; a message of Telegram's 4,096 characters rarely holds more. */
export const MOST_AT_ONCE = 100;

/** Under which markings a look-up would be, and of which source if not of all. */
export type Scope = { readonly markings: Markings; readonly only?: string };

/** Offers what a text holds as buttons, and says what was left out. */
export async function offer(
  ask: Ask,
  { found, notes, truncated }: Suggestion,
  scope: Scope,
  deps: BotDeps,
): Promise<void> {
  const { markings } = scope;
  const offered = found.slice(0, MOST_AT_ONCE);
  const isCut = truncated || found.length > offered.length;
  const all = truncated ? `more than ${found.length}` : `${found.length}`;
  const told = isCut ? [`Only the first ${offered.length} of ${all} are offered.`, ...notes] : notes;
  const marked = { markings, mostOpen: mostOpen(markings, deps.settings.markings) };
  const card = {
    kind: 'offer',
    ask,
    found: offered,
    notes: told,
    rev: 0,
    ...marked,
    ...withheldBy(markings, deps),
  } as const;
  const memo = { offer: { ...scope, ...marked, observables: offered, notes: told } };
  return deps.desk.startAnswer({ ask, card }, `Offer ${offered.length}`, memo);
}
