import { Composer } from 'grammy';
import { COMMANDS } from '#domain/commands.ts';
import type { ContainmentAction } from '#domain/containment.ts';
import type { Markings } from '#domain/marking.ts';
import type { Observable } from '#domain/observable.ts';
import { parseObservable } from '#domain/parse-observable.ts';
import { isUnderstood } from '#domain/parsed.ts';
import { parseHost } from '#domain/parsers/host.ts';
import { suggestObservables } from '#domain/suggest-observables.ts';
import { answeredText } from '../arguments.ts';
import { beginsWithDuration, parseBlockWords, parseUnblockWords } from '../block-words.ts';
import type { SocContext } from '../context.ts';
import type { BotDeps } from '../deps.ts';
import { type Marked, takeMarkings } from '../markings-in-text.ts';
import { showNote, showObjection, showUnreadMarking } from '../requests/answer.ts';
import { requestContainment } from '../requests/containment.ts';
import { needsRole } from '../rights.ts';

const ABOUT_OBSERVABLES = ['block', 'unblock', 'allow'] as const;
const ABOUT_MACHINES = ['isolate', 'release'] as const;

/** `/block`, `/unblock`, `/allow`, `/isolate`, `/release` and `/blocked`. They ask; they never act. */
export function createContainmentFeature(deps: BotDeps): Composer<SocContext> {
  const feature = new Composer<SocContext>();
  const mayAsk = needsRole('analyst', deps);
  for (const action of ABOUT_OBSERVABLES) {
    feature.command(action, mayAsk, async (ctx) => askFor(action, ctx, ctx.match, deps));
  }
  for (const action of ABOUT_MACHINES) {
    feature.command(action, mayAsk, async (ctx) => askForMachine(action, ctx, ctx.match, deps));
  }
  feature.command('blocked', async (ctx) => {
    const query = ctx.match.trim() || null;
    await deps.desk.startAnswer({ ask: ctx.ask, read: { what: 'held', query } }, 'List what is blocked');
  });
  return feature;
}

type Action = (typeof ABOUT_OBSERVABLES)[number];

async function askFor(action: Action, ctx: SocContext, typed: string, deps: BotDeps): Promise<void> {
  const { ask } = ctx;
  const { markings, rest, unread, another } = readTyped(typed, answeredText(ctx.message), deps.settings.markings);
  if (unread !== null) return showUnreadMarking(ask, unread, deps);
  if (another !== undefined) return askWhichTargets(ctx, another, deps);
  const { targets, words } = leadingTargets(rest);
  if (targets.length === 0) {
    const [first = ''] = words;
    const parsed = parseObservable(first);
    if (first === '' || isUnderstood(parsed)) return askWhat(action, ctx, deps);
    return showObjection(ask, { text: first, markings, objected: parsed }, deps);
  }
  return askForTargets(action, ctx, { targets, words, markings }, deps);
}

/** `/isolate ws-114 beaconing`: machines by name, several with commas between them. */
async function askForMachine(
  action: (typeof ABOUT_MACHINES)[number],
  ctx: SocContext,
  typed: string,
  deps: BotDeps,
): Promise<void> {
  const { ask } = ctx;
  const { markings, rest, unread } = takeMarkings(typed, deps.settings.markings);
  if (unread !== null) return showUnreadMarking(ask, unread, deps);
  const [first = '', ...words] = rest.split(' ');
  if (first === '') return askWhat(action, ctx, deps);
  const names = first.split(',').filter((name) => name !== '');
  const targets = names.map(parseHost);
  const unreadable = names.find((_, at) => targets[at] === null);
  if (unreadable !== undefined) {
    const lines = ['Write the name of the machine as its inventory has it: ws-114 or srv-mail.corp.example.'];
    const card = { kind: 'note', tone: 'question', title: 'Which machine?', quoted: unreadable, lines } as const;
    return showNote(ask, card, deps);
  }
  const [next = ''] = words;
  const isMachineToo = deps.hosts.some(({ name }) => name.toLowerCase() === next.toLowerCase());
  if (isMachineToo) return askWhichTargets(ctx, next, deps);
  return askForTargets(action, ctx, { targets: targets.filter((one) => one !== null), words, markings }, deps);
}

type Typed = {
  readonly targets: readonly Observable[];
  readonly words: readonly string[];
  readonly markings: Markings;
};

async function askForTargets(
  action: ContainmentAction,
  ctx: SocContext,
  { targets, words, markings }: Typed,
  deps: BotDeps,
): Promise<void> {
  const lasts = action === 'block' || action === 'allow' || action === 'isolate';
  const read = lasts ? parseBlockWords(words) : parseUnblockWords(words);
  if ('unread' in read) return askHowLong(action, ctx, read.unread, deps);
  if ('another' in read) return askWhichTargets(ctx, read.another, deps);
  const { durationMs, reason } = read;
  const details = { ...(durationMs === null ? {} : { durationMs }), ...(reason === null ? {} : { reason }) };
  return requestContainment(ctx, { action, targets, markings, ...details }, deps);
}

/** The targets that stand before everything else, with blanks or commas between them; each once. */
function leadingTargets(text: string): { readonly targets: readonly Observable[]; readonly words: readonly string[] } {
  const words = text.split(' ').filter((word) => word !== '');
  const targets = new Map<string, Observable>();
  let taken = 0;
  for (const word of words) {
    const whole = parseObservable(word);
    const parsed = isUnderstood(whole)
      ? [whole]
      : word
          .split(',')
          .filter((part) => part !== '')
          .map(parseObservable);
    if (parsed.length === 0 || !parsed.every(isUnderstood)) break;
    for (const { observable } of parsed) targets.set(`${observable.kind} ${observable.value}`, observable);
    taken += 1;
  }
  return { targets: [...targets.values()], words: words.slice(taken) };
}

/**
 * What was typed, with the target from the message it answers where none was typed: `/block` and `/block 2h beacon`. Of a
 * sentence its one address is meant, or its one observable; of two, `another` is the second, and neither is meant. Anything
 * typed in the place of a target is read as one, never passed over.
 */
function readTyped(typed: string, answered: string, base: Markings): Marked & { readonly another?: string } {
  const own = takeMarkings(typed, base);
  if (answered === '' || !(own.rest === '' || beginsWithDuration(own.rest.split(' ')))) return own;
  const { rest } = takeMarkings(answered, base);
  const { found } = suggestObservables(rest);
  const addresses = found.filter(({ kind }) => kind === 'ipv4' || kind === 'ipv6');
  const meant = addresses.length > 0 ? addresses : found.filter(({ kind }) => kind !== 'email');
  const [target = rest.split(' ')[0] ?? '', another] = meant.map(({ value }) => value);
  const marked = takeMarkings(`${typed} ${answered}`, base);
  return { ...marked, rest: `${target} ${own.rest}`.trim(), ...(another === undefined ? {} : { another }) };
}

async function askWhat(action: ContainmentAction, { ask }: SocContext, deps: BotDeps): Promise<void> {
  const title = `${action.charAt(0).toUpperCase()}${action.slice(1)} what?`;
  const example = COMMANDS.find((command) => command.name === action)?.example ?? `/${action}`;
  const isMachine = action === 'isolate' || action === 'release';
  const lines = [
    isMachine ? 'Write the name of the machine after the command.' : 'Write the target after the command.',
  ];
  return showNote(ask, { kind: 'note', tone: 'question', title, lines, example }, deps);
}

async function askWhichTargets({ ask }: SocContext, another: string, deps: BotDeps): Promise<void> {
  const lines = ['Several targets stand together, with commas, before the time and the reason. Nothing was asked.'];
  const example = '/block 203.0.113.66,203.0.113.67 1h C2 traffic';
  const card = {
    kind: 'note',
    tone: 'question',
    title: 'Is this a target too?',
    quoted: another,
    lines,
    example,
  } as const;
  return showNote(ask, card, deps);
}

async function askHowLong(
  action: ContainmentAction,
  { ask }: SocContext,
  unread: string,
  deps: BotDeps,
): Promise<void> {
  const lines = ['Write the time right after the target: 30m, 1h, 7d. Then the reason.'];
  const example = COMMANDS.find((command) => command.name === action)?.example ?? '/block 203.0.113.66 1h C2 traffic';
  return showNote(
    ask,
    { kind: 'note', tone: 'question', title: 'For how long?', quoted: unread, lines, example },
    deps,
  );
}
