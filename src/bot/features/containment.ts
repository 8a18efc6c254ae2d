import { Composer } from 'grammy';
import type { Ask } from '#domain/ask.ts';
import { COMMANDS } from '#domain/commands.ts';
import type { ContainmentAction } from '#domain/containment.ts';
import { renderDuration } from '#domain/duration.ts';
import type { Markings } from '#domain/marking.ts';
import { parseObservable } from '#domain/parse-observable.ts';
import { isUnderstood } from '#domain/parsed.ts';
import { suggestObservables } from '#domain/suggest-observables.ts';
import { answeredText } from '../arguments.ts';
import { beginsWithDuration, parseBlockWords, parseUnblockWords } from '../block-words.ts';
import type { SocContext } from '../context.ts';
import type { BotDeps } from '../deps.ts';
import { type Marked, takeMarkings } from '../markings-in-text.ts';
import { showNote, showObjection, showUnreadMarking } from '../requests/answer.ts';
import { requestContainment } from '../requests/containment.ts';
import { needsRole } from '../rights.ts';

/** `/block`, `/unblock` and `/blocked`. They ask; they never act. */
export function createContainmentFeature(deps: BotDeps): Composer<SocContext> {
  const feature = new Composer<SocContext>();
  feature.command('block', needsRole('analyst', deps), async (ctx) => askFor('block', ctx, ctx.match, deps));
  feature.command('unblock', needsRole('analyst', deps), async (ctx) => askFor('unblock', ctx, ctx.match, deps));
  feature.command('blocked', async (ctx) => {
    const query = ctx.match.trim() || null;
    await deps.desk.startAnswer({ ask: ctx.ask, read: { what: 'held', query } }, 'List what is blocked');
  });
  return feature;
}

async function askFor(action: ContainmentAction, ctx: SocContext, typed: string, deps: BotDeps): Promise<void> {
  const { ask } = ctx;
  const { markings, rest, unread } = readTyped(typed, answeredText(ctx.message), deps.settings.markings);
  if (unread !== null) return showUnreadMarking(ask, unread, deps);
  const [first = '', ...words] = rest.split(' ');
  if (first === '') return askWhat(action, ask, deps);
  const parsed = parseObservable(first);
  if (!isUnderstood(parsed)) return showObjection(ask, { text: first, markings, objected: parsed }, deps);
  const read = action === 'block' ? parseBlockWords(words) : parseUnblockWords(words);
  if ('unread' in read) return askHowLong(ask, read.unread, deps);
  if ('another' in read) return askOneByOne(ask, read.another, deps);
  const { durationMs, reason } = read;
  const details = { ...(durationMs === null ? {} : { durationMs }), ...(reason === null ? {} : { reason }) };
  return requestContainment(ask, { action, target: parsed.observable, markings, ...details }, deps);
}

/**
 * What was typed, with the target from the message it answers where none was typed: `/block` and `/block 2h beacon`. Of a
 * sentence its one address is meant; a second one is read as if it was typed behind. Anything typed in the place of a
 * target is read as one, never passed over.
 */
function readTyped(typed: string, answered: string, base: Markings): Marked {
  const own = takeMarkings(typed, base);
  if (answered === '' || !(own.rest === '' || beginsWithDuration(own.rest.split(' ')))) return own;
  const { rest } = takeMarkings(answered, base);
  const addresses = suggestObservables(rest).found.filter(({ kind }) => kind === 'ipv4' || kind === 'ipv6');
  const [target = rest.split(' ')[0] ?? '', another = ''] = addresses.map(({ value }) => value);
  const words = [target, own.rest, another].filter((word) => word !== '');
  return { ...takeMarkings(`${typed} ${answered}`, base), rest: words.join(' ') };
}

async function askWhat(action: ContainmentAction, ask: Ask, deps: BotDeps): Promise<void> {
  const title = action === 'block' ? 'Block what?' : 'Unblock what?';
  const example = COMMANDS.find((command) => command.name === action)?.example ?? `/${action}`;
  const lines = ['Write the address after the command.'];
  return showNote(ask, { kind: 'note', tone: 'question', title, lines, example }, deps);
}

async function askOneByOne(ask: Ask, another: string, deps: BotDeps): Promise<void> {
  const lines = ['One request is about one address. Nothing was asked: send one for each.'];
  return showNote(ask, { kind: 'note', tone: 'question', title: 'One at a time', quoted: another, lines }, deps);
}

async function askHowLong(ask: Ask, unread: string, deps: BotDeps): Promise<void> {
  const longest = renderDuration(deps.settings.longestBlockMs);
  const lines = [`Write the time right after the address: 30m, 1h, at most ${longest}. Then the reason.`];
  const example = '/block 203.0.113.66 1h C2 traffic';
  return showNote(
    ask,
    { kind: 'note', tone: 'question', title: 'For how long?', quoted: unread, lines, example },
    deps,
  );
}
