import type { AuditCard } from '#domain/card.ts';
import { botIdOf, refOf, requestIdsOf, updateIdOf } from '#domain/ids.ts';
import type { AuditRecord } from '#store/audit-record.ts';
import type { Store } from '#store/open-store.ts';
import type { ReadRequest } from '#workflows/messages.ts';

/** As many as a phone shows without scrolling for long. */
const ON_A_PAGE = 10;

type Read = ReadRequest & { readonly what: 'audit' };

/** A page of the audit, the newest first. Records that came after the question move nothing from page to page. */
export async function readAudit({ requestId, asked, page }: Read, audit: Store['audit']): Promise<AuditCard> {
  const { ref, by, since } = asked.query;
  const botId = botIdOf(requestId);
  const records = await audit.list({
    ...(ref === undefined || botId === null ? {} : { requests: requestIdsOf(botId, ref) }),
    ...(by === undefined ? {} : { by }),
    ...(since === undefined ? {} : { since }),
    until: asked.at,
    offset: page * ON_A_PAGE,
    limit: ON_A_PAGE + 1,
  });
  const lines = records.slice(0, ON_A_PAGE).map(toLine);
  return { kind: 'audit', requestId, typed: asked.typed, page, lines, hasMore: records.length > ON_A_PAGE };
}

/**
 * A record as a chat may hold it. A digest says that people in a chat were shown the target in order to decide; without
 * one it may be a look-up under a marking that keeps its content out of every chat.
 */
function toLine(record: AuditRecord): AuditCard['lines'][number] {
  const { at, who, telegramId, chat, request, action, outcome, target, digest, detail } = record;
  const isShown = digest !== undefined;
  return {
    at,
    who: who ?? (telegramId === null ? null : String(telegramId)),
    place: chat === null ? null : chat < 0 ? 'group' : 'private',
    ref: request === null || updateIdOf(request) === null ? null : refOf(request),
    action,
    outcome,
    ...(isShown && target !== undefined ? { target } : {}),
    ...(isShown ? { digest } : {}),
    ...((isShown || target === undefined) && detail !== undefined ? { detail } : {}),
  };
}
