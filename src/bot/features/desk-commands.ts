import { Composer } from 'grammy';
import type { NoteCard } from '#domain/card.ts';
import { parseRef, refOf } from '#domain/ids.ts';
import { hasRole } from '#domain/person.ts';
import type { SocContext } from '../context.ts';
import type { BotDeps } from '../deps.ts';
import { sealedPress } from '../presses/sealed-press.ts';
import { showCard, showNote } from '../requests/answer.ts';
import { showAudit } from '../requests/audit.ts';
import { needsRole } from '../rights.ts';

/** So many references fit into one sentence. */
const MOST_NAMED = 5;

/** `/start`, `/help`, `/whoami`, `/status`, `/audit` and `/cancel`. */
export function createDeskCommands(deps: BotDeps): Composer<SocContext> {
  const feature = new Composer<SocContext>();
  feature.command(['start', 'help'], async (ctx) =>
    showCard(ctx.ask, { kind: 'help', role: ctx.person.role, botName: ctx.me.username }, deps),
  );
  feature.command('whoami', async (ctx) => {
    const { name, role } = ctx.person;
    return showCard(ctx.ask, { kind: 'who_am_i', name, role, telegramId: ctx.ask.by.telegramId }, deps);
  });
  feature.command('status', async (ctx) => {
    const text = ctx.match.trim();
    if (text === '') return deps.desk.startAnswer({ ask: ctx.ask, read: { what: 'status' } }, 'Show how SocBot is');
    const ref = parseRef(text);
    if (ref === null) return showUnreadableRef(ctx, text, deps);
    return deps.desk.startAnswer({ ask: ctx.ask, read: { what: 'request', ref } }, `Show #${ref}`);
  });
  feature.command('audit', needsRole('responder', deps), async (ctx) => showAudit(ctx, ctx.match.trim(), deps));
  feature.command('cancel', async (ctx) => cancel(ctx, ctx.match.trim(), deps));
  return feature;
}

async function cancel(ctx: SocContext, text: string, deps: BotDeps): Promise<void> {
  const ref = text === '' ? null : parseRef(text);
  if (text !== '' && ref === null) return showUnreadableRef(ctx, text, deps);
  const accounts = ctx.person.telegramIds.map((id) => `"${id}"`).join(',');
  // What is held already is let go by asking for it, not by cancelling the request.
  const mine = `SocRequester IN (${accounts}) AND SocKind!="answer" AND SocPhase IN ("running", "awaiting_approval")`;
  const isAdmin = hasRole(ctx.person, 'admin');
  const ids = await deps.desk.listRunning(ref === null ? mine : `SocRef="${ref}"${isAdmin ? '' : ` AND ${mine}`}`);
  const [requestId] = ids;
  const say = async (tone: NoteCard['tone'], title: string, line: string) =>
    showNote(ctx.ask, { kind: 'note', tone, title, lines: [line] }, deps);
  if (requestId === undefined)
    return say('question', 'Nothing to cancel', 'No request of yours is running under that name.');
  if (ids.length > 1) {
    const refs = ids.slice(0, MOST_NAMED).map((id) => `#${refOf(id)}`);
    return say('question', 'Cancel which one?', `Write /cancel and its reference: ${refs.join(' or ')}.`);
  }
  const press = { requestId, pressId: `cancel-${ctx.ask.requestId}`, rev: 0, arg: 0 };
  const planned = await deps.desk.plannedBy(requestId);
  const pressing = {
    person: ctx.person,
    telegramId: ctx.ask.by.telegramId,
    verb: 'withdraw',
    press,
    planned,
    plan: null,
  } as const;
  const result = await deps.desk.press(requestId, sealedPress(pressing, deps));
  const who = { who: ctx.person.name, telegramId: ctx.ask.by.telegramId, chat: ctx.ask.chat.id, request: requestId };
  await deps.audit.append([
    { at: deps.now(), ...who, action: 'press withdraw', outcome: result.kind, key: press.pressId },
  ]);
  if (['recorded', 'cancelled', 'later'].includes(result.kind))
    return say('ok', 'Cancelled', 'The card of the request says so too.');
  return say('warning', 'Not cancelled', 'It has ended already, or it is not yours.');
}

async function showUnreadableRef(ctx: SocContext, text: string, deps: BotDeps): Promise<void> {
  const lines = ['A reference has four characters, like #7K3M: it stands on every card.'];
  return showNote(ctx.ask, { kind: 'note', tone: 'question', title: 'No reference', quoted: text, lines }, deps);
}
