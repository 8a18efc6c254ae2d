import type { Ask } from '#domain/ask.ts';
import { defang } from '#domain/defang.ts';
import type { Markings } from '#domain/marking.ts';
import type { Observable } from '#domain/observable.ts';
import { planLookUp } from '#domain/plan-look-up.ts';
import type { BotDeps } from '../deps.ts';
import { showNote } from './answer.ts';
import { recordAsk } from './record-ask.ts';
import { withheldBy } from './withheld.ts';

/** More questions than this need a go-ahead. */
const ASK_FIRST_ABOVE = 20;

export type LookUpWish = {
  readonly found: readonly { readonly observable: Observable; readonly notes: readonly string[] }[];
  readonly markings: Markings;
  /** Only this source; all that are on if absent. */
  readonly only?: string;
  readonly evenIfLost?: boolean;
};

/** Starts a look-up: decides what is asked of whom, and writes down what its buttons will offer. */
export async function requestLookUp(ask: Ask, wish: LookUpWish, deps: BotDeps): Promise<void> {
  const { markings, found, only } = wish;
  const sources = only === undefined ? deps.sources : deps.sources.filter((source) => source.id === only);
  const kinds = deps.responders.flatMap((responder) => responder.kinds);
  const surroundings = { guard: deps.guard, kinds: kinds.filter((kind) => kind !== 'host'), judge: deps.judge };
  const plans = found.map((one) => planLookUp(one, markings, sources, surroundings));
  const observables = found.map((one) => one.observable);
  const withheld = withheldBy(markings, deps);
  // Titles are shown in chats too.
  const title = withheld.withheldAbove ? `Look up ${found.length} under TLP:${markings.tlp}` : titleOf(observables);
  await deps.desk.startLookUp(
    {
      ask,
      plans,
      markings,
      firstCardMs: deps.settings.firstCardMs,
      asksFirst: found.length > ASK_FIRST_ABOVE,
      evenIfLost: wish.evenIfLost ?? false,
      ...withheld,
    },
    { ask, title, offer: { observables, markings, ...(only === undefined ? {} : { only }) } },
  );
  const [first] = observables;
  const target = observables.length === 1 && first ? first.value : `${observables.length} observables`;
  await recordAsk(ask, { action: 'look up', outcome: 'asked', target }, deps);
  if (deps.busy.count(ask.chat.id)) await tellBusy(ask, deps);
}

/** Nothing is refused and nothing is lost: it only takes longer, and people should know why. */
async function tellBusy(ask: Ask, deps: BotDeps): Promise<void> {
  const lines = [
    'More is asked right now than the built-in engine answers quickly. Everything is kept and will be answered.',
  ];
  const note = { kind: 'note', tone: 'warning', title: 'Answers take longer', lines } as const;
  await showNote({ ...ask, requestId: `${ask.requestId}-busy` }, note, deps);
}

function titleOf(observables: readonly Observable[]): string {
  const [first] = observables;
  return observables.length === 1 && first
    ? `Look up ${defang(first).slice(0, 120)}`
    : `Look up ${observables.length} observables`;
}
