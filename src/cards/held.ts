import type { HeldCard } from '#domain/card.ts';
import { defang } from '#domain/defang.ts';
import { refOf, updateIdOf } from '#domain/ids.ts';
import { pressButton } from './button.ts';
import { footer } from './footer.ts';
import { bold, code, line, lines, outside, type Rendered, when } from './text.ts';

const MOST_LISTED = 8;

/** What is enforced now, as read from the systems, with a button to lift each. */
export function renderHeld(card: HeldCard): Rendered {
  const shown = card.held.slice(0, MOST_LISTED);
  const title = card.held.length === 0 ? '🧱 NOTHING BLOCKED' : `🧱 BLOCKED NOW (${card.held.length})`;
  const liftable = shown.flatMap(({ leaseId }, at) =>
    updateIdOf(leaseId) === null ? [] : [pressButton(`♻ ${at + 1}`, 'lift', { style: 'success', request: leaseId })],
  );
  return {
    text: lines(
      line(bold(title), ...(card.query ? [' matching ', outside(card.query, 60)] : [])),
      ...shown.map(({ target, until, by, leaseId }, at) =>
        line(
          `${at + 1} `,
          code(defang(target)),
          ...(until ? [' lifts ', when(until)] : []),
          ` · ${by} · #${refOf(leaseId)}`,
        ),
      ),
      card.held.length > shown.length
        ? `… and ${card.held.length - shown.length} more: narrow it with /blocked <text>`
        : null,
      ...card.unread.map(({ system, why }) => line(`⚠ ${system} could not be read: `, outside(why, 120))),
      shown.length > 0 ? 'Press a number to ask for lifting it.' : null,
      '',
      footer(card.ask),
    ),
    rows: [liftable.slice(0, 4), liftable.slice(4)].filter((row) => row.length > 0),
    request: card.ask.requestId,
    rev: 0,
  };
}
