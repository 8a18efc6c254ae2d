import type { FormattedString } from '@grammyjs/parse-mode';
import type { Investigation, LookUpState } from '#domain/investigation.ts';
import { SILENCE_WORDS } from '#domain/silence-words.ts';
import type { SourceProgress } from '#domain/verdict.ts';
import { line, list, when } from './text.ts';

/** Of more observables than this it is said how many, and no longer which. */
const MOST_NUMBERED = 4;

/** One source's part in one observable of a look-up, which the card numbers from 1. */
type Part = { readonly number: number; readonly source: SourceProgress };

/**
 * Everything that keeps the verdicts of a look-up from being whole: who is silent, who still may answer, who was not
 * asked. What is not true of all its observables says of which.
 */
export function doubtLines(
  investigations: readonly Pick<Investigation, 'sources'>[],
  phase: LookUpState['phase'],
): FormattedString[] {
  const parts = investigations.flatMap(({ sources }, at) => sources.map((source) => ({ number: at + 1, source })));
  const of = investigations.length;
  const silent = groupBy(parts, ({ source }) => (source.state === 'silent' ? SILENCE_WORDS[source.why] : null));
  const notAsked = groupBy(parts, ({ source }) => (source.state === 'not_asked' ? source.why : null));
  return [
    ...silent.map(([words, some]) => line(`⚠ ${namesOf(some, of)} ${words}`)),
    ...(phase === 'cancelled' ? unansweredLines(parts, of) : openLines(parts, of)),
    ...notAsked.map(([why, some]) => line(`🚫 not asked, ${why}: ${namesOf(some, of)}`)),
    ...(parts.length === 0 ? [line('No source that is switched on knows this kind of observable.')] : []),
  ];
}

function openLines(parts: readonly Part[], of: number): FormattedString[] {
  const waiting = groupBy(parts, ({ source }) => (source.state === 'waiting' ? source.title : null));
  const asking = new Set(parts.flatMap(({ source }) => (source.state === 'asking' ? [source.title] : [])));
  return [
    ...waiting.map(([, some]) => {
      const turn = some.length === 1 ? 'its turn is ' : 'the last turn is ';
      return line(`⏳ ${namesOf(some, of)} waits for its quota, ${turn}`, when(lastTurnOf(some)));
    }),
    ...(asking.size > 0 ? [line(`… still asking ${list([...asking])}`)] : []),
  ];
}

function unansweredLines(parts: readonly Part[], of: number): FormattedString[] {
  const open = parts.filter(({ source }) => source.state === 'asking' || source.state === 'waiting');
  return open.length > 0 ? [line(`✖ cancelled before an answer: ${namesOf(open, of)}`)] : [];
}

function lastTurnOf(parts: readonly Part[]): string {
  const turns = parts.flatMap(({ source }) => (source.state === 'waiting' ? [source.until] : []));
  return turns.toSorted().at(-1) ?? '';
}

/** Parts by what is to be said of them, in the order of the sources; null for nothing. */
function groupBy(parts: readonly Part[], wordsOf: (part: Part) => string | null): [string, Part[]][] {
  const groups = Map.groupBy(parts, wordsOf);
  return [...groups].flatMap(([words, some]) => (words === null ? [] : [[words, some]]));
}

/** The sources by name, with the observables that are meant where it is not all of them. */
function namesOf(parts: readonly Part[], of: number): string {
  const byTitle = Map.groupBy(parts, ({ source }) => source.title);
  return list([...byTitle].map(([title, some]) => `${title}${numbersOf(some, of)}`));
}

function numbersOf(parts: readonly Part[], of: number): string {
  if (parts.length === of) return '';
  if (parts.length > MOST_NUMBERED) return ` (${parts.length} of ${of})`;
  return ` (${parts.map(({ number }) => number).join(', ')})`;
}
