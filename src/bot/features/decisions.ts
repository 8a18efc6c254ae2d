import { Composer } from 'grammy';
import { parseRef } from '#domain/ids.ts';
import type { SocContext } from '../context.ts';
import type { BotDeps } from '../deps.ts';
import { showNote } from '../requests/answer.ts';
import { needsRole } from '../rights.ts';

const WAITING = 'SocPhase="awaiting_approval" AND SocKind="containment"';

/** `/pending`, `/approve` and `/deny`: they bring a card to the end of the chat, and never decide from text alone. */
export function createDecisions(deps: BotDeps): Composer<SocContext> {
  const feature = new Composer<SocContext>();
  feature.command('pending', async (ctx) =>
    deps.desk.startAnswer({ ask: ctx.ask, read: { what: 'pending' } }, 'List what waits for a decision'),
  );
  feature.command(['approve', 'deny'], needsRole('responder', deps), async (ctx) => bring(ctx, ctx.match.trim(), deps));
  return feature;
}

async function bring(ctx: SocContext, text: string, deps: BotDeps): Promise<void> {
  const { ask, person } = ctx;
  const [typed = ''] = text.split(/\s+/);
  const ref = typed === '' ? null : parseRef(typed);
  const say = async (title: string, line: string) =>
    showNote(ask, { kind: 'note', tone: 'question', title, lines: [line] }, deps);
  if (typed !== '' && ref === null)
    return say('No reference', 'A reference has four characters, like #7K3M: it stands on every card.');
  const found = await deps.desk.listRunning(ref === null ? WAITING : `SocRef="${ref}" AND ${WAITING}`);
  const [requestId] = found;
  if (requestId === undefined) return say('Nothing waits', 'No request waits for a decision under that name.');
  if (found.length > 1) {
    return deps.desk.startAnswer({ ask, read: { what: 'pending' } }, 'List what waits for a decision');
  }
  const { requesterId } = await deps.desk.plannedBy(requestId);
  if (person.telegramIds.includes(requesterId))
    return say('You asked for this one', 'Somebody else must decide. Your card is where you asked.');
  await deps.desk.bringCard(requestId, { name: person.name, telegramId: ask.by.telegramId });
}
