import type { FormattedString } from '@grammyjs/parse-mode';
import type { Ask } from '#domain/ask.ts';
import type { Report } from '#domain/report.ts';
import type { SourceProgress } from '#domain/verdict.ts';
import { line, outside, when } from './text.ts';
import { REPORT_MARKS } from './verdict-words.ts';

const MOST_REASONS = 4;
const MOST_FACTS = 2;
const MOST_SHARERS = 2;
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

/** Who asked the same before, where the answers are theirs, a line for each; in a private chat the asker is "you". */
export function shareLines(sources: readonly SourceProgress[], { by, chat }: Ask): FormattedString[] {
  const shared = answersOf(sources).flatMap((source) => (source.sharedBy ? [source.sharedBy] : []));
  const sharers = [...Map.groupBy(shared, ({ name }) => name)];
  const told = sharers.slice(0, MOST_SHARERS).map(([name, theirs]) => {
    const [first = ''] = theirs.map(({ askedAt }) => askedAt).toSorted();
    const who = name === by.name && chat.isPrivate ? 'you' : name;
    const count = theirs.length === 1 ? '1 answer is' : `${theirs.length} answers are`;
    return line(`👥 ${who} asked the same `, when(first), `; ${count} shared`);
  });
  const more = sharers.length - told.length;
  return more > 0 ? [...told, line(`👥 … and ${more} more asked the same`)] : told;
}
