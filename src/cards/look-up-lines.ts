import type { FormattedString } from '@grammyjs/parse-mode';
import type { Report } from '#domain/report.ts';
import type { SourceProgress } from '#domain/verdict.ts';
import { line, list, outside, when } from './text.ts';
import { REPORT_MARKS, SILENCE_WORDS } from './verdict-words.ts';

const MOST_REASONS = 5;
const MOST_FACTS = 2;
/** Worst first, so that a cut never hides the reason for an alarm. */
const BY_WEIGHT: readonly Report['level'][] = ['malicious', 'suspicious', 'no_hits', 'unknown'];

type Answered = SourceProgress & { readonly state: 'answered' };

function answersOf(sources: readonly SourceProgress[]): readonly Answered[] {
  return sources.filter((source): source is Answered => source.state === 'answered');
}

/** What each source says, with numbers and denominators. */
export function whyLines(sources: readonly SourceProgress[]): FormattedString[] {
  const opinions = answersOf(sources)
    .filter((source) => source.report.level !== 'context')
    .toSorted((a, b) => BY_WEIGHT.indexOf(a.report.level) - BY_WEIGHT.indexOf(b.report.level));
  const told = opinions.slice(0, MOST_REASONS).map(({ title, report }) => {
    const seen = report.seenAt ? line(' · ', when(report.seenAt)) : '';
    return line(`${REPORT_MARKS[report.level]} ${title}: `, outside(report.summary, 90), seen);
  });
  const more = opinions.length - told.length;
  return more > 0 ? [...told, line(`… and ${more} more under More`)] : told;
}

/** Where it is and whom it belongs to, from the first source that knows. */
export function contextLines(sources: readonly SourceProgress[]): FormattedString[] {
  const facts = answersOf(sources).flatMap((source) => source.report.facts);
  const byLabel = new Map(facts.toReversed().map((fact) => [fact.label, fact]));
  return [...byLabel.values()]
    .toReversed()
    .slice(0, MOST_FACTS)
    .map((fact) => line(`${fact.label}: `, outside(fact.value, 60)));
}

/** Everything that keeps the verdict from being whole: who is silent, who still may answer, who was not asked. */
export function doubtLines(sources: readonly SourceProgress[]): FormattedString[] {
  const silent = sources.flatMap((source) =>
    source.state === 'silent' ? [line(`⚠ ${source.title} ${SILENCE_WORDS[source.why]}`)] : [],
  );
  const waiting = sources.flatMap((source) =>
    source.state === 'waiting'
      ? [line(`⏳ ${source.title} waits for its quota, its turn is `, when(source.until))]
      : [],
  );
  const asking = sources.filter((source) => source.state === 'asking').map((source) => source.title);
  const notAsked = Map.groupBy(
    sources.filter((source) => source.state === 'not_asked'),
    (source) => source.why,
  );
  return [
    ...silent,
    ...waiting,
    ...(asking.length > 0 ? [line(`… still asking ${list(asking)}`)] : []),
    ...[...notAsked].map(([why, those]) => line(`🚫 not asked, ${why}: ${list(those.map((source) => source.title))}`)),
    ...(sources.length === 0 ? [line('No source that is switched on knows this kind of observable.')] : []),
  ];
}

/** Who asked the same before, when the answers are theirs. */
export function shareLine(sources: readonly SourceProgress[]): FormattedString | null {
  const shared = answersOf(sources).flatMap((source) => (source.sharedBy ? [source.sharedBy] : []));
  const [first] = shared.toSorted((a, b) => a.askedAt.localeCompare(b.askedAt));
  if (!first) return null;
  return line(`👥 ${first.name} asked the same `, when(first.askedAt), `; ${shared.length} answers are shared`);
}
