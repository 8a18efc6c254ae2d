import { Composer } from 'grammy';
import type { Ask } from '#domain/ask.ts';
import type { Observable } from '#domain/observable.ts';
import { parseWord } from '#domain/parse-word.ts';
import { isUnderstood } from '#domain/parsed.ts';
import type { SourceProfile } from '#domain/source.ts';
import { suggestObservables } from '#domain/suggest-observables.ts';
import { argumentOf } from '../arguments.ts';
import type { SocContext } from '../context.ts';
import type { BotDeps } from '../deps.ts';
import { takeMarkings } from '../markings-in-text.ts';
import { showNote, showObjection, showUnreadMarking } from '../requests/answer.ts';
import { requestLookUp } from '../requests/look-up.ts';
import { MOST_AT_ONCE, offer } from '../requests/offer.ts';

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

/**
 * Looks up one observable strictly, or everything that a longer text holds. Where part of a text was not understood or
 * it holds too much, nobody is asked yet: a person sees what was left out and chooses.
 */
async function lookUpText(ctx: SocContext, text: string, deps: BotDeps, only?: string): Promise<void> {
  const { ask } = ctx;
  const { markings, rest, unread } = takeMarkings(text, deps.settings.markings);
  if (unread !== null) return showUnreadMarking(ask, unread, deps);
  const scope = { markings, ...(only === undefined ? {} : { only }) };
  if (rest === '') {
    const lines = ['Write it after the command, or answer a message with the command.'];
    const example = `/${only === undefined ? 'ioc' : 'vt'} 203.0.113.66`;
    return showNote(ask, { kind: 'note', tone: 'question', title: 'Look up what?', lines, example }, deps);
  }
  if (!/\s/.test(rest)) {
    const parsed = parseWord(rest);
    if (!isUnderstood(parsed)) return showObjection(ask, { text: rest, ...scope, objected: parsed }, deps);
    const source = deps.sources.find(({ id }) => id === only);
    if (source && !source.kinds.includes(parsed.observable.kind))
      return showNotTaken(ask, source, parsed.observable.kind, deps);
    return requestLookUp(ask, { found: [parsed], ...scope }, deps);
  }
  const suggestion = suggestObservables(rest);
  const { found, notes, truncated } = suggestion;
  if (found.length === 0) return showNothing(ctx, deps);
  if (notes.length > 0 || truncated || found.length > MOST_AT_ONCE) return offer(ask, suggestion, scope, deps);
  const wanted = found.map((observable) => ({ observable, notes: [] }));
  return requestLookUp(ask, { found: wanted, ...scope }, deps);
}

/** The one source that was meant takes no such thing; others may. */
async function showNotTaken(
  ask: Ask,
  { title }: SourceProfile,
  kind: Observable['kind'],
  deps: BotDeps,
): Promise<void> {
  const lines = ['Nobody was asked. /ioc asks all sources that do.'];
  return showNote(
    ask,
    { kind: 'note', tone: 'question', title: `${title} knows nothing of the kind ${kind}`, lines },
    deps,
  );
}

/** Offers what a text holds, as buttons; a single word that cannot be understood is answered with the reason. */
export async function offerFrom(ctx: SocContext, text: string, deps: BotDeps): Promise<void> {
  const { markings, rest, unread } = takeMarkings(text, deps.settings.markings);
  if (unread !== null) return showUnreadMarking(ctx.ask, unread, deps);
  const single = /\s/.test(rest) ? null : parseWord(rest);
  if (single && isUnderstood(single)) {
    const { observable, notes } = single;
    return offer(ctx.ask, { found: [observable], notes, truncated: false }, { markings }, deps);
  }
  const misread = single && { text: rest, markings, objected: single };
  if (misread?.objected.didYouMean) return showObjection(ctx.ask, misread, deps);
  const suggestion = suggestObservables(rest);
  if (suggestion.found.length > 0) return offer(ctx.ask, suggestion, { markings }, deps);
  return misread && looksLikeOne(rest) ? showObjection(ctx.ask, misread, deps) : showNothing(ctx, deps);
}

function looksLikeOne(word: string): boolean {
  return /[.:@/[]/.test(word) || /^[0-9a-f]{32,}$/i.test(word);
}

async function showNothing(ctx: SocContext, deps: BotDeps): Promise<void> {
  const lines = ['I found no address, domain, URL, hash or e-mail address in it. /help shows what I understand.'];
  return showNote(ctx.ask, { kind: 'note', tone: 'question', title: 'Nothing to look up', lines }, deps);
}
