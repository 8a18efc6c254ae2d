import { Composer } from 'grammy';
import { parseObservable } from '#domain/parse-observable.ts';
import { isUnderstood } from '#domain/parsed.ts';
import { suggestObservables } from '#domain/suggest-observables.ts';
import { argumentOf, takeMarkings } from '../arguments.ts';
import type { SocContext } from '../context.ts';
import type { BotDeps } from '../deps.ts';
import { showNote, showObjection } from '../requests/answer.ts';
import { requestLookUp } from '../requests/look-up.ts';

/** What one request may hold; a message of Telegram's 4,096 characters rarely has more. */
const MOST_AT_ONCE = 100;

/** `/ioc`, `/vt`, and text that is no command: observables looked up, or offered as buttons. */
export function createLookUpFeature(deps: BotDeps): Composer<SocContext> {
  const feature = new Composer<SocContext>();
  feature.command('ioc', async (ctx) => lookUpText(ctx, argumentOf(ctx.message, ctx.match), deps));
  feature.command('vt', async (ctx) => {
    const text = argumentOf(ctx.message, ctx.match);
    if (deps.sources.some((source) => source.id === 'virustotal')) return lookUpText(ctx, text, deps, 'virustotal');
    return showNote(
      ctx.ask,
      { kind: 'note', tone: 'error', title: 'VirusTotal is off', lines: ['Set VIRUSTOTAL_API_KEY.'] },
      deps,
    );
  });
  return feature;
}

/** Looks up one observable strictly, or everything that a longer text holds. */
async function lookUpText(ctx: SocContext, text: string, deps: BotDeps, only?: string): Promise<void> {
  const { ask } = ctx;
  const { markings, rest } = takeMarkings(text, deps.settings.markings);
  const scope = only === undefined ? {} : { only };
  if (rest === '') {
    const lines = ['Write what to look up after the command, or answer a message with it. Example: /ioc 203.0.113.66'];
    return showNote(ask, { kind: 'note', tone: 'question', title: 'Look up what?', lines }, deps);
  }
  if (!/\s/.test(rest)) {
    const parsed = parseObservable(rest);
    if (!isUnderstood(parsed)) return showObjection(ask, rest, parsed, deps);
    return requestLookUp(ask, { found: [parsed], markings, ...scope }, deps);
  }
  const { found } = suggestObservables(rest);
  if (found.length === 0) return showNothing(ctx, deps);
  const wanted = found.slice(0, MOST_AT_ONCE).map((observable) => ({ observable, notes: [] }));
  return requestLookUp(ask, { found: wanted, markings, ...scope }, deps);
}

/** Offers what a text holds, as buttons; a single word that cannot be understood is answered with the reason. */
export async function offerFrom(ctx: SocContext, text: string, deps: BotDeps): Promise<void> {
  const { markings, rest } = takeMarkings(text, deps.settings.markings);
  const single = /\s/.test(rest) ? null : parseObservable(rest);
  if (single && !isUnderstood(single) && single.didYouMean) return showObjection(ctx.ask, rest, single, deps);
  const { found, notes, truncated } =
    single && isUnderstood(single)
      ? { found: [single.observable], notes: single.notes, truncated: false }
      : suggestObservables(rest);
  if (found.length === 0)
    return single && !isUnderstood(single) && looksLikeOne(rest)
      ? showObjection(ctx.ask, rest, single, deps)
      : showNothing(ctx, deps);
  const offered = found.slice(0, MOST_AT_ONCE);
  const isCut = truncated || found.length > offered.length;
  const card = {
    kind: 'offer' as const,
    ask: ctx.ask,
    found: offered,
    notes: isCut ? [`Only the first ${offered.length} are offered.`, ...notes] : notes,
    markings,
  };
  return deps.desk.startAnswer({ ask: ctx.ask, card }, `Offer ${offered.length}`, {
    offer: { observables: offered, markings },
  });
}

function looksLikeOne(word: string): boolean {
  return /[.:@/[]/.test(word) || /^[0-9a-f]{32,}$/i.test(word);
}

async function showNothing(ctx: SocContext, deps: BotDeps): Promise<void> {
  const lines = ['I found no address, domain, URL, hash or e-mail address in it. /help shows what I understand.'];
  return showNote(ctx.ask, { kind: 'note', tone: 'question', title: 'Nothing to look up', lines }, deps);
}
