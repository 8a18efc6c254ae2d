import { FormattedString } from '@grammyjs/parse-mode';
import { SILENCE_WORDS } from '#domain/silence-words.ts';
import type { SourceProgress } from '#domain/verdict.ts';
import { bold, line, lines, outside, type Piece, unitsOf, when } from './text.ts';
import { REPORT_MARKS, reportWords } from './verdict-words.ts';

/** How much of each text of a source is shown, in UTF-16 units: as much as fits, and nothing if need be. */
const TEXT_UNITS = [200, 150, 100, 75, 50, 35, 25, 15, 0] as const;
const CUT = '… cut: what the sources wrote is longer than one message';

/**
 * Every source unfolded: what it says, with numbers, facts and the age of its answer, or why it says nothing. Where that
 * does not fit, the longest texts are shortened, and it says so; no source is left out.
 */
export function fullLines(sources: readonly SourceProgress[], room: number): Piece[] {
  const most = TEXT_UNITS.find((units) => unitsOf(unfold(sources, units)) <= room) ?? 0;
  return unfold(sources, most);
}

function unfold(sources: readonly SourceProgress[], textUnits: number): Piece[] {
  return [
    '',
    ...sources.map((source) => FormattedString.expandableBlockquote(sourceLines(source, textUnits))),
    ...(textUnits < TEXT_UNITS[0] ? [CUT] : []),
  ];
}

function sourceLines(source: SourceProgress, textUnits: number): FormattedString {
  return textUnits === 0 ? verdictLine(source) : lines(verdictLine(source), ...detailLines(source, textUnits));
}

function verdictLine(source: SourceProgress): FormattedString {
  switch (source.state) {
    case 'answered': {
      const { report } = source;
      const score = report.score ? ` · ${report.score.hits}/${report.score.of} ${report.score.unit}` : '';
      return line(`${REPORT_MARKS[report.level]} `, bold(source.title), `: ${reportWords(report)}${score}`);
    }
    case 'silent':
      return line('⚠ ', bold(source.title), ` ${SILENCE_WORDS[source.why]}`);
    case 'waiting':
      return line('⏳ ', bold(source.title), ' waits for its quota, its turn is ', when(source.until));
    case 'asking':
      return line('… ', bold(source.title), ' is being asked');
    case 'not_asked':
      return line('🚫 ', bold(source.title), ` was not asked: ${source.why}`);
  }
}

/** What the verdict line alone does not tell. */
function detailLines(source: SourceProgress, textUnits: number): FormattedString[] {
  if (source.state === 'silent') return silenceLines(source, textUnits);
  if (source.state !== 'answered') return [];
  const { report, answeredAt } = source;
  return [
    outside(report.summary, textUnits),
    ...report.facts.map((fact) => line(`${fact.label}: `, outside(fact.value, textUnits))),
    ...(report.seenAt ? [line('last seen or rated ', when(report.seenAt))] : []),
    line('answered ', when(answeredAt)),
  ];
}

function silenceLines({ why, detail }: SourceProgress & { state: 'silent' }, textUnits: number): FormattedString[] {
  if (why === 'late') return [];
  return [why === 'lost' ? line('asked ', when(detail)) : outside(detail, textUnits)];
}
