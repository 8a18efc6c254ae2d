import { GONE_TOAST, INVALID_TOAST, type Toast } from '#cards/toast.ts';
import { parseAuditQuery } from '#domain/audit-query.ts';
import { hasRole } from '#domain/person.ts';
import type { SocContext } from '../context.ts';
import type { BotDeps } from '../deps.ts';
import type { SignedPress } from '../presses/signed-press.ts';
import { showNote } from './answer.ts';
import { recordAsk } from './record-ask.ts';

const NEEDS_RESPONDER: Toast = { text: 'The audit needs the role responder.', isAlert: true };

/** `/audit`: shows records of the audit to whoever asks in their own chat. Who reads it is on record too. */
export async function showAudit(ctx: SocContext, typed: string, deps: BotDeps): Promise<void> {
  const { ask } = ctx;
  if (!ask.chat.isPrivate) {
    await recordAsk(ask, { action: 'audit', outcome: 'refused', detail: 'in a group' }, deps);
    const lines = ['It names people and what they did: ask me in our private chat.'];
    return showNote(ask, { kind: 'note', tone: 'error', title: 'Not in a group', lines }, deps);
  }
  const query = parseAuditQuery(typed, deps.access.people, deps.now());
  if (query === null) {
    const lines = ['Write a reference, @ and a name or a number, a time such as 24h, or nothing for the newest.'];
    const card = { kind: 'note', tone: 'question', title: 'Which records?', quoted: typed, lines } as const;
    return showNote(ask, { ...card, example: '/audit @ana' }, deps);
  }
  const asked = { typed, query, at: deps.now() };
  const read = { what: 'audit', requestId: ask.requestId, asked, page: 0 } as const;
  await deps.desk.startAnswer({ ask, read }, 'Show the audit', { audit: asked });
  await recordAsk(ask, { action: 'audit', outcome: 'asked', ...(typed === '' ? {} : { detail: typed }) }, deps);
}

/** `Older` and `Newer`: another page of what was asked for, on the same card. */
export async function pressAuditPage(ctx: SocContext, press: SignedPress, deps: BotDeps): Promise<Toast | null> {
  const { ask, person } = ctx;
  if (!hasRole(person, 'responder')) return NEEDS_RESPONDER;
  if (!ask.chat.isPrivate) return INVALID_TOAST;
  const asked = (await deps.desk.memoOf(press.requestId))?.audit;
  if (!asked) return GONE_TOAST;
  const page = press.call.arg;
  const read = { what: 'audit', requestId: press.requestId, asked, page } as const;
  await deps.desk.startAnswer({ ask, read, edit: press.message }, `Show page ${page + 1} of the audit`);
  await recordAsk(
    ask,
    { action: 'audit', outcome: 'asked', detail: `page ${page + 1} of ${asked.typed || 'all'}` },
    deps,
  );
  return null;
}
