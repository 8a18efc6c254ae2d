import type { FormattedString } from '@grammyjs/parse-mode';
import type { DriftCard } from '#domain/card.ts';
import type { Drift } from '#domain/drift.ts';
import { refOf, updateIdOf } from '#domain/ids.ts';
import { type Button, pressButton } from './button.ts';
import { titleOf } from './system-titles.ts';
import { bold, clock, line, lines, type Piece, type Rendered, target } from './text.ts';

const MOST_LISTED = 8;

/** Where a system's own list differs from what SocBot believes, with a way on for each. */
export function renderDrift({ drifts }: DriftCard): Rendered {
  const shown = drifts.slice(0, MOST_LISTED);
  const rest = drifts.length - shown.length;
  return {
    text: lines(
      bold(`⚠ DRIFT (${drifts.length})`),
      ...shown.map((drift, at) => driftLine(drift, at + 1)),
      rest > 0 ? `… and ${rest} more: /blocked shows what is held now` : null,
      'Nothing was changed: somebody may have done it by hand.',
    ),
    rows: [shown.flatMap((drift, at) => waysOn(drift, at + 1))].filter((row) => row.length > 0),
    request: null,
    rev: 0,
  };
}

function driftLine(drift: Drift, number: number): FormattedString {
  const ref = updateIdOf(drift.leaseId) === null ? '' : ` · #${refOf(drift.leaseId)}`;
  return line(`${number} `, target(drift.target, 48), ` · ${titleOf(drift.system)} `, ...wordsOf(drift), ref);
}

function wordsOf({ kind, until, tellsUntil }: Drift): Piece[] {
  switch (kind) {
    case 'gone':
      return ['no longer lists it', ...(until ? ['; it was to stay until ', clock(until)] : [])];
    case 'other_end':
      return [
        'lists another end',
        ...(tellsUntil ? [', ', clock(tellsUntil)] : []),
        ...(until ? ['; it was to be ', clock(until)] : []),
      ];
    case 'left_behind':
      return until
        ? ['still lists it; it was to end ', clock(until), ': /unblock']
        : ['still lists it, though SocBot let it go: /unblock'];
  }
}

/** What is gone can be asked again. */
function waysOn({ kind, leaseId }: Drift, number: number): Button[] {
  if (kind !== 'gone' || updateIdOf(leaseId) === null) return [];
  return [pressButton(`🔁 ${number}`, 'repeat', { request: leaseId })];
}
