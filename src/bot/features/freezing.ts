import { Composer } from 'grammy';
import type { NoteCard } from '#domain/card.ts';
import { renderDuration } from '#domain/duration.ts';
import { formatFreeze, type FreezeRecord, parseFreeze, thaw, type Thawed, THAW } from '#domain/freeze.ts';
import { hasRole } from '#domain/person.ts';
import { MARKS } from '#store/mark-names.ts';
import type { SocContext } from '../context.ts';
import type { BotDeps } from '../deps.ts';
import { showNote } from '../requests/answer.ts';
import { recordAsk } from '../requests/record-ask.ts';
import { tellPeople } from '../requests/tell-people.ts';
import { needsRole } from '../rights.ts';

const LONGEST_REASON = 300;

/** `/freeze` stops every containment that waits or comes; `/unfreeze`, by two people, lets them go on. */
export function createFreezing(deps: BotDeps): Composer<SocContext> {
  const feature = new Composer<SocContext>();
  feature.command('freeze', needsRole('responder', deps), async (ctx) => freezeAll(ctx, ctx.match, deps));
  feature.command('unfreeze', needsRole('responder', deps), async (ctx) => wishThaw(ctx, deps));
  return feature;
}

/** The mark comes first: from then on every act is refused, whatever its card still says. */
async function freezeAll(ctx: SocContext, text: string, deps: BotDeps): Promise<void> {
  const { ask, person } = ctx;
  const reason = text.trim().slice(0, LONGEST_REASON) || null;
  const record: FreezeRecord = { by: person.name, at: deps.now(), reason, thaw: [] };
  let before: FreezeRecord | null = null;
  await deps.marks.change(
    MARKS.freeze,
    (value) => {
      before = value === null ? null : parseFreeze(value);
      return before ? null : formatFreeze(record);
    },
    deps.now(),
  );
  const frozen: FreezeRecord = before ?? record;
  await recordAsk(ask, { action: 'freeze', outcome: 'asked', ...(reason === null ? {} : { detail: reason }) }, deps);
  const waiting = await deps.desk.freezeWaiting(frozen);
  const card: NoteCard = {
    kind: 'note',
    tone: 'warning',
    title: '🧊 Frozen',
    ...(frozen.reason === null ? {} : { quoted: frozen.reason }),
    lines: [
      `${frozen.by} stopped all containments: ${waiting} waiting, and all to come. Letting go still works.`,
      `${THAW.people} responders let it go on: /unfreeze`,
    ],
  };
  await showNote(ask, card, deps);
  await tellPeople(ask, othersWhoDecide(ctx, deps), card, deps);
}

async function wishThaw(ctx: SocContext, deps: BotDeps): Promise<void> {
  const { ask, person } = ctx;
  let outcome: Thawed | null = null;
  await deps.marks.change(
    MARKS.freeze,
    (value) => {
      const record = value === null ? null : parseFreeze(value);
      if (!record) return null;
      outcome = thaw(record, person.name, deps.now());
      return formatFreeze(outcome.kind === 'thawed' ? null : outcome.record);
    },
    deps.now(),
  );
  const result = outcome as Thawed | null;
  await recordAsk(ask, { action: 'unfreeze', outcome: 'asked', detail: result?.kind ?? 'not frozen' }, deps);
  if (!result) {
    // Perhaps the engine was away when the freeze ended: what waits must hear of it.
    await deps.desk.freezeWaiting(null);
    return showNote(ask, { kind: 'note', tone: 'ok', title: 'Nothing is frozen', lines: [] }, deps);
  }
  if (result.kind === 'waits') {
    const lines = [
      `${person.name} wants it to go on. ${result.missing} more responder within ${renderDuration(THAW.withinMs)}: /unfreeze`,
    ];
    const card: NoteCard = { kind: 'note', tone: 'question', title: '🧊 Still frozen', lines };
    await showNote(ask, card, deps);
    return tellPeople(ask, othersWhoDecide(ctx, deps), card, deps);
  }
  await deps.desk.freezeWaiting(null);
  const lines = [`${result.by.join(' and ')} let containments go on. What waits can be approved again.`];
  const card: NoteCard = { kind: 'note', tone: 'ok', title: 'Going on', lines };
  await showNote(ask, card, deps);
  return tellPeople(ask, othersWhoDecide(ctx, deps), card, deps);
}

function othersWhoDecide({ person }: SocContext, { access }: BotDeps) {
  return access.people.filter((one) => hasRole(one, 'responder') && one.name !== person.name);
}
