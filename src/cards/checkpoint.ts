import { FormattedString } from '@grammyjs/parse-mode';
import type { CheckpointCard } from '#domain/card.ts';
import { bold, code, line, lines, type Rendered } from './text.ts';

/** As much of a root as two people can compare aloud. */
const SHORT_ROOT = 12;

/** A signed checkpoint of the audit, for a chat that is its witness: the note stands there whole, to be copied. */
export function renderCheckpoint({ size, root, note }: CheckpointCard): Rendered {
  return {
    text: lines(
      line(bold('🔏 CHECKPOINT'), ` of the audit · ${size} record${size === 1 ? '' : 's'}`),
      line('root ', code(`${root.slice(0, SHORT_ROOT)}…`)),
      FormattedString.pre(note.trimEnd()),
      line('To check: ', code('npm run socbot -- audit verify --against -')),
    ),
    rows: [],
    request: null,
    rev: 0,
  };
}
