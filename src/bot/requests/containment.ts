import type { Ask } from '#domain/ask.ts';
import { type ContainmentAction, digestOf } from '#domain/containment.ts';
import { defang } from '#domain/defang.ts';
import { renderDuration } from '#domain/duration.ts';
import { objectionToBlocking } from '#domain/guard.ts';
import { isWithheld, objectionToExposure, type Markings } from '#domain/marking.ts';
import type { Observable } from '#domain/observable.ts';
import { hasRole } from '#domain/person.ts';
import type { BotDeps } from '../deps.ts';
import { showNote } from './answer.ts';
import { recordAsk } from './record-ask.ts';

/** A command that waited longer than this somewhere asks whether it is still wanted. */
const STALE_AFTER_MS = 10 * 60_000;

export type ContainmentWish = {
  readonly action: ContainmentAction;
  readonly target: Observable;
  readonly markings: Markings;
  /** Milliseconds; the usual time if absent. */
  readonly durationMs?: number;
  readonly reason?: string;
  readonly basis?: string;
};

/** Asks for a containment, or says at once why it cannot be. The activity that acts checks all of it again. */
export async function requestContainment(ask: Ask, wish: ContainmentWish, deps: BotDeps): Promise<void> {
  const { action, target } = wish;
  const title = `${action === 'block' ? 'Block' : 'Unblock'} ${defang(target)}`;
  const objection = objectionTo(ask, wish, deps);
  if (objection !== null) {
    const card = {
      kind: 'note',
      tone: 'error',
      title: `Not asked: ${action}`,
      objection,
      lines: [],
    } as const;
    const quoted = isWithheld(wish.markings, deps.settings.telegramMaxTlp) ? {} : { quoted: target.value };
    await recordAsk(ask, { action, outcome: 'refused', target: target.value, detail: objection }, deps);
    return showNote(ask, { ...card, ...quoted }, deps);
  }
  const { settings } = deps;
  const durationMs = action === 'block' ? (wish.durationMs ?? settings.defaultBlockMs) : null;
  const plan = { action, target, systems: deps.systems, durationMs, markings: wish.markings };
  await deps.desk.startContainment(
    {
      ask,
      plan,
      reason: wish.reason ?? null,
      basis: wish.basis ?? null,
      approvers: approversFor(ask, deps),
      approvalLifeMs: settings.approvalLifeMs,
      executionWindowMs: settings.executionWindowMs,
      isStale: Date.parse(deps.now()) - Date.parse(ask.askedAt) > STALE_AFTER_MS,
    },
    { ask, title, plan },
  );
  await recordAsk(ask, { action, outcome: 'asked', target: target.value, digest: digestOf(plan) }, deps);
}

function objectionTo(
  ask: Ask,
  { action, target, markings, durationMs }: ContainmentWish,
  deps: BotDeps,
): string | null {
  if (deps.systems.length === 0) return 'No system that blocks is switched on: set BLOCK_FEED_LISTEN.';
  if (isWithheld(markings, deps.settings.telegramMaxTlp)) {
    return `TLP:${markings.tlp} must not be shown in Telegram, and nobody approves what they cannot see.`;
  }
  if (approversFor(ask, deps).length === 0) return 'There is nobody but you who could approve it.';
  if (target.kind !== 'ipv4' && target.kind !== 'ipv6') return 'Only a single IP address can be blocked.';
  if (action === 'unblock') return null;
  if (durationMs !== undefined && durationMs > deps.settings.longestBlockMs) {
    return `Longer than a block may last (${renderDuration(deps.settings.longestBlockMs)}). Ask for less; it can be extended.`;
  }
  const forbidden = objectionToExposure(markings, 'containment');
  if (forbidden) return `${forbidden}: only PAP:GREEN and PAP:CLEAR allow a block.`;
  return objectionToBlocking(target, deps.guard);
}

/** Everybody who may decide and has not asked. */
function approversFor(ask: Ask, { access }: BotDeps) {
  return access.people
    .filter((person) => hasRole(person, 'responder') && person.name !== ask.by.name)
    .flatMap(({ name, telegramIds }) => telegramIds.slice(0, 1).map((telegramId) => ({ name, telegramId })));
}
