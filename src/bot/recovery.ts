import { ROLES } from '#domain/person.ts';
import { MARKS } from '#store/mark-names.ts';
import { StoreUnavailable } from '#store/store-unavailable.ts';
import type { Gap } from '#workflows/messages.ts';
import type { BotDeps } from './deps.ts';
import { EngineUnavailable } from './engine-unavailable.ts';

/** Telegram forgets a press after 150 s (its Bot API server's `add_new_callback_query`); a minute's margin is taken off. */
const PRESSES_LIVE_MS = 120_000;
const MARK_EVERY_MS = 5_000;

/**
 * Keeps the time of the last poll, and after a gap in which presses were lost draws every waiting approval anew with
 * the lost time given back. Throws EngineUnavailable; the next poll tries again.
 */
export function createRecovery(deps: BotDeps, botId: number): () => Promise<void> {
  let last: string | null = null;
  let markedAt = 0;
  /** A gap stays the same until everybody has been told: one that grows would be given back twice. */
  let gap: Gap | null = null;
  const recover = async () => {
    const now = deps.now();
    last ??= (await deps.marks.get(MARKS.lastPoll))?.at ?? now;
    if (Date.parse(now) - Date.parse(last) > PRESSES_LIVE_MS) gap ??= { from: last, to: now };
    if (gap) await rearmAll(gap, deps, botId);
    gap = null;
    last = now;
    if (Date.parse(now) - markedAt < MARK_EVERY_MS) return;
    await deps.marks.set(MARKS.lastPoll, now, now);
    markedAt = Date.parse(now);
  };
  return async () => {
    try {
      await recover();
    } catch (error) {
      throw error instanceof StoreUnavailable ? new EngineUnavailable(error.message) : error;
    }
  };
}

async function rearmAll(gap: Gap, deps: BotDeps, botId: number): Promise<void> {
  const waiting = await deps.desk.listRunning('SocPhase="awaiting_approval"');
  for (const requestId of waiting) await deps.desk.rearm(requestId, gap);
  deps.log.warn({ ...gap, rearmed: waiting.length }, 'back after a gap in which presses were lost');
  if (waiting.length > 0) await tellAdmin(gap, waiting.length, { deps, botId });
}

async function tellAdmin(
  { from, to }: Gap,
  count: number,
  { deps, botId }: { deps: BotDeps; botId: number },
): Promise<void> {
  const reachable = (await deps.people()).filter(({ telegramIds }) => telegramIds.length > 0);
  const highest = reachable.toSorted((a, b) => ROLES.indexOf(b.role) - ROLES.indexOf(a.role))[0];
  const telegramId = highest?.telegramIds[0];
  if (!highest || telegramId === undefined) return;
  const minutes = Math.round((Date.parse(to) - Date.parse(from)) / 60_000);
  const ask = {
    requestId: `recovery-${botId}-${Date.parse(to)}`,
    by: { name: highest.name, telegramId },
    chat: { id: telegramId, isPrivate: true },
    messageId: 0,
    askedAt: to,
  };
  const lines = [`${count} waiting approval${count === 1 ? '' : 's'} drawn anew: a press in that time was lost.`];
  const card = { kind: 'note', tone: 'warning', title: `Back after ${minutes} min`, lines } as const;
  await deps.desk.startAnswer({ ask, card }, 'Tell of a gap');
}
