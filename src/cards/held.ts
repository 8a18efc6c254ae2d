import type { FormattedString } from '@grammyjs/parse-mode';
import type { HeldCard } from '#domain/card.ts';
import { ALLOW_LIST } from '#domain/containment.ts';
import { refOf, updateIdOf } from '#domain/ids.ts';
import { observableKey } from '#domain/observable.ts';
import type { Held } from '#domain/responder.ts';
import { type Button, pressButton } from './button.ts';
import { footer } from './footer.ts';
import { titleOf } from './system-titles.ts';
import { bold, line, lines, outside, type Rendered, target, when } from './text.ts';

const MOST_LISTED = 8;

/** What is enforced now, as read from the systems, with a button to lift each. */
export function renderHeld(card: HeldCard): Rendered {
  const shown = card.held.slice(0, MOST_LISTED);
  const liftable = shown.flatMap((one, at) => liftButtons(one, at + 1, card));
  return {
    text: lines(
      line(bold(headlineOf(card)), ...(card.query ? [' matching ', outside(card.query, 60)] : [])),
      ...shown.map((one, at) => heldLine(one, at + 1)),
      card.held.length > shown.length
        ? `… and ${card.held.length - shown.length} more: narrow it with /blocked <text>`
        : null,
      ...card.unread.map(({ system, why }) => line(`⚠ ${titleOf(system)} could not be read: `, outside(why, 120))),
      liftable.length > 0 ? 'Press a number to ask for lifting it.' : null,
      '',
      footer(card.ask),
    ),
    rows: [liftable.slice(0, 4), liftable.slice(4)].filter((row) => row.length > 0),
    request: card.ask.requestId,
    rev: 0,
  };
}

function heldLine({ system, target: observable, until, by, leaseId }: Held, number: number): FormattedString {
  const isOurs = leaseId !== null && updateIdOf(leaseId) !== null;
  return line(
    `${number} `,
    target(observable, 48),
    ` · ${titleOf(system)}`,
    ...(until ? [', lifts ', when(until)] : []),
    ...(by === null ? [] : [' · ', outside(by, 40)]),
    isOurs ? ` · #${refOf(leaseId)}` : ' · not by SocBot: /unblock',
  );
}

/** What SocBot holds is lifted by a tap, which asks; what others hold needs to be named, since nobody here wrote it down. */
function liftButtons({ leaseId, target: observable }: Held, number: number, { places }: HeldCard): Button[] {
  const place = places[`${leaseId ?? ''} ${observableKey(observable)}`];
  if (leaseId === null || updateIdOf(leaseId) === null || place === undefined) return [];
  return [pressButton(`♻ ${number}`, 'lift', { style: 'success', request: leaseId, arg: place })];
}

/** A list that could not be read in full never says that nothing is blocked. What is allowed is listed, and not blocked. */
function headlineOf({ held, unread }: HeldCard): string {
  const blocked = held.filter(({ system }) => system !== ALLOW_LIST);
  if (blocked.length === 0) return unread.length > 0 ? '🟠 NOT KNOWN what is blocked' : '🧱 NOTHING BLOCKED';
  return `🧱 BLOCKED NOW (${unread.length > 0 ? 'at least ' : ''}${blocked.length})`;
}
