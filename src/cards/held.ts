import type { HeldCard } from '#domain/card.ts';
import { refOf, updateIdOf } from '#domain/ids.ts';
import { pressButton } from './button.ts';
import { footer } from './footer.ts';
import { titleOf } from './system-titles.ts';
import { bold, line, lines, outside, type Rendered, target, when } from './text.ts';

const MOST_LISTED = 8;

/** What is enforced now, as read from the systems, with a button to lift each. */
export function renderHeld(card: HeldCard): Rendered {
  const shown = card.held.slice(0, MOST_LISTED);
  const liftable = shown.flatMap(({ leaseId }, at) =>
    updateIdOf(leaseId) === null ? [] : [pressButton(`♻ ${at + 1}`, 'lift', { style: 'success', request: leaseId })],
  );
  return {
    text: lines(
      line(bold(headlineOf(card)), ...(card.query ? [' matching ', outside(card.query, 60)] : [])),
      ...shown.map(({ target: observable, until, by, leaseId }, at) =>
        line(
          `${at + 1} `,
          target(observable, 48),
          ...(until ? [' lifts ', when(until)] : []),
          ' · ',
          outside(by, 40),
          updateIdOf(leaseId) === null ? '' : ` · #${refOf(leaseId)}`,
        ),
      ),
      card.held.length > shown.length
        ? `… and ${card.held.length - shown.length} more: narrow it with /blocked <text>`
        : null,
      ...card.unread.map(({ system, why }) => line(`⚠ ${titleOf(system)} could not be read: `, outside(why, 120))),
      shown.length > 0 ? 'Press a number to ask for lifting it.' : null,
      '',
      footer(card.ask),
    ),
    rows: [liftable.slice(0, 4), liftable.slice(4)].filter((row) => row.length > 0),
    request: card.ask.requestId,
    rev: 0,
  };
}

/** A list that could not be read in full never says that nothing is blocked. */
function headlineOf({ held, unread }: HeldCard): string {
  if (held.length === 0) return unread.length > 0 ? '🟠 NOT KNOWN what is blocked' : '🧱 NOTHING BLOCKED';
  return `🧱 BLOCKED NOW (${unread.length > 0 ? 'at least ' : ''}${held.length})`;
}
