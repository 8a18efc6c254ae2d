import type { FormattedString } from '@grammyjs/parse-mode';
import type { AuditCard } from '#domain/card.ts';
import { pressButton } from './button.ts';
import { bold, clock, line, lines, outside, type Rendered } from './text.ts';

/** Records of the audit, the newest first: when, who, what, what came of it, and from where. */
export function renderAudit({ requestId, typed, page, lines: records, hasMore }: AuditCard): Rendered {
  const newer = page > 0 ? [pressButton('◂ Newer', 'page', { arg: page - 1 })] : [];
  const older = hasMore ? [pressButton('Older ▸', 'page', { arg: page + 1 })] : [];
  const isOnly = page === 0 && !hasMore;
  return {
    text: lines(
      line(bold('📜 AUDIT'), ...(typed === '' ? [] : ['  ', outside(typed, 60)]), isOnly ? '' : ` · page ${page + 1}`),
      records.length === 0 ? 'There is no such record.' : null,
      ...records.map(recordLine),
      records.length === 0 ? null : 'What a look-up was about is in the Temporal UI alone.',
    ),
    rows: [[...newer, ...older]].filter((row) => row.length > 0),
    request: requestId,
    rev: 0,
  };
}

function recordLine(record: AuditCard['lines'][number]): FormattedString {
  const { at, who, action, target, outcome, place, ref, digest, detail } = record;
  return line(
    clock(at),
    ' ',
    outside(who ?? 'SocBot', 40),
    ` ${action} `,
    ...(target === undefined ? [] : [outside(target, 60), ' ']),
    `→ ${outcome}`,
    ...(ref === null ? [] : [` · #${ref}`]),
    ...(place === null ? [] : [place === 'group' ? ' · in a group' : ' · in private']),
    ...(digest === undefined ? [] : [' · ', outside(digest, 12)]),
    ...(detail === undefined ? [] : [' · ', outside(detail, 80)]),
  );
}
