import { FormattedString } from '@grammyjs/parse-mode';
import { SILENCE_WORDS } from '#domain/silence-words.ts';
import type { SourceProgress } from '#domain/verdict.ts';
import { bold, line, lines, outside, type Piece, when } from './text.ts';
import { REPORT_MARKS, REPORT_WORDS } from './verdict-words.ts';

/** Every source unfolded: what it says, with numbers, facts and the age of its answer, or why it says nothing. */
export function fullLines(sources: readonly SourceProgress[]): Piece[] {
  return ['', ...sources.map((source) => FormattedString.expandableBlockquote(sourceLines(source)))];
}

function sourceLines(source: SourceProgress): FormattedString {
  switch (source.state) {
    case 'answered': {
      const { report, answeredAt } = source;
      const score = report.score ? ` · ${report.score.hits}/${report.score.of} ${report.score.unit}` : '';
      return lines(
        line(`${REPORT_MARKS[report.level]} `, bold(source.title), `: ${REPORT_WORDS[report.level]}${score}`),
        outside(report.summary, 200),
        ...report.facts.map((fact) => line(`${fact.label}: `, outside(fact.value, 200))),
        report.seenAt ? line('last seen or rated ', when(report.seenAt)) : null,
        line('answered ', when(answeredAt)),
      );
    }
    case 'silent':
      return lines(line('⚠ ', bold(source.title), ` ${SILENCE_WORDS[source.why]}`), silenceLine(source));
    case 'waiting':
      return line('⏳ ', bold(source.title), ' waits for its quota, its turn is ', when(source.until));
    case 'asking':
      return line('… ', bold(source.title), ' is being asked');
    case 'not_asked':
      return line('🚫 ', bold(source.title), ` was not asked: ${source.why}`);
  }
}

/** What the reason alone does not tell; null where it tells all. */
function silenceLine({ why, detail }: SourceProgress & { state: 'silent' }): FormattedString | null {
  if (why === 'late') return null;
  return why === 'lost' ? line('asked ', when(detail)) : outside(detail, 200);
}
