import type { FormattedString } from '@grammyjs/parse-mode';
import type { LookUpCard } from '#domain/card.ts';
import { gravestLevel, type Investigation, type LookUpState, WORST_FIRST } from '#domain/investigation.ts';
import { packOffer } from '#domain/offer-arg.ts';
import { concludeVerdict } from '#domain/verdict.ts';
import { type Button, pressButton } from './button.ts';
import { doubtLines } from './doubt-lines.ts';
import { footer } from './footer.ts';
import { shareLines } from './look-up-lines.ts';
import { bold, line, lines, type Rendered, target } from './text.ts';
import { NOT_CLEAN, VERDICT_WORDS } from './verdict-words.ts';

/** How many observables of one look-up get a line and a button of their own: on the card, and unfolded. */
const MOST_LISTED = { short: 10, full: 40 };

type Body = Pick<Rendered, 'text' | 'rows'>;

/** Asks for a go-ahead before many questions are put. */
export function renderQuestion({ ask, state }: LookUpCard): Body {
  const count = state.investigations.length;
  const questions = state.investigations.flatMap((one) => one.sources.filter((source) => source.state === 'asking'));
  return {
    text: lines(
      bold(`❓ LOOK UP ${count} observables?`),
      `That is ${questions.length} questions to the sources.`,
      '',
      footer(ask, state.markings),
    ),
    rows: [[pressButton('✖ Cancel', 'withdraw'), pressButton(`Look up ${count}`, 'confirm', { style: 'primary' })]],
  };
}

/** Several observables in one list: a line and a button for each. Of many, the gravest; the others are counted. */
export function renderSeveral(card: LookUpCard): Body {
  const { investigations, phase } = card.state;
  const isUnfolded = card.view === 'full';
  const listed = gravestOf(investigations, MOST_LISTED[isUnfolded ? 'full' : 'short']);
  const more = investigations.length - listed.length;
  const isOpen = phase === 'running';
  const allSources = investigations.flatMap(({ sources }) => sources);
  const isOneUnknown = investigations.some(({ sources }) => concludeVerdict(sources).level === 'unknown');
  return {
    text: lines(
      severalHeadline(card.state),
      ...shareLines(allSources, card.ask),
      ...listed.map(([at, one]) => summaryLine(one, at, phase)),
      more > 0 ? `… and ${more} more, none of them worse` : null,
      allSources.some(({ state }) => state === 'answered') ? 'x/y: flagged by x of y sources' : null,
      ...doubtLines(investigations, phase),
      isOneUnknown && phase === 'done' ? NOT_CLEAN : null,
      '',
      footer(card.ask, card.state.markings),
    ),
    rows: [
      ...inRows(
        listed.map(([at]) => pressButton(`${at + 1}`, 'look_up', { arg: packOffer(at, card.state.markings) })),
        5,
      ),
      [...unfoldButtons(investigations.length, isUnfolded), ...(isOpen ? [pressButton('✖ Cancel', 'withdraw')] : [])],
    ].filter((row) => row.length > 0),
  };
}

/** The gravest, with their places, in the order in which they were asked: a list that reorders itself cannot be read. */
function gravestOf(investigations: readonly Investigation[], most: number): readonly [number, Investigation][] {
  const rankOf = ([, one]: [number, Investigation]) => WORST_FIRST.indexOf(concludeVerdict(one.sources).level);
  return [...investigations.entries()]
    .toSorted((a, b) => rankOf(a) - rankOf(b))
    .slice(0, most)
    .toSorted(([a], [b]) => a - b);
}

function unfoldButtons(count: number, isUnfolded: boolean): readonly Button[] {
  if (isUnfolded) return [pressButton('🔼 Less', 'less')];
  return count > MOST_LISTED.short ? [pressButton('🔎 More', 'more')] : [];
}

/** The gravest verdict, and of how many it is true. Nothing is concluded of what is still asked. */
function severalHeadline({ investigations, phase }: LookUpState): FormattedString {
  const gravest = gravestLevel(investigations);
  const verdicts = investigations.map((one) => concludeVerdict(one.sources));
  const count = `${verdicts.filter((verdict) => verdict.level === gravest).length} of ${verdicts.length} observables`;
  const all = `${verdicts.length} observables`;
  if (gravest === 'malicious' || gravest === 'suspicious')
    return line(bold(VERDICT_WORDS[gravest]), `${phase === 'cancelled' ? ' (cancelled)' : ''}  ${count}`);
  if (phase === 'cancelled') return line(bold('✖ CANCELLED'), `  ${all}`);
  if (verdicts.some((verdict) => verdict.open.length > 0)) return line(bold('⏳ CHECKING'), `  ${all}`);
  return line(bold(VERDICT_WORDS[gravest]), `  ${count}`);
}

function summaryLine(one: Investigation, at: number, phase: LookUpState['phase']): FormattedString {
  const verdict = concludeVerdict(one.sources);
  const said = verdict.malicious.length + verdict.suspicious.length;
  const heard = said + verdict.noHits.length + verdict.unknown.length;
  const isUndecided = verdict.open.length > 0 && verdict.level === 'unknown';
  const undecided = phase === 'cancelled' ? '✖ CANCELLED' : '⏳ CHECKING';
  const facts = [
    ...(heard > 0 && !isUndecided ? [`${said}/${heard}`] : []),
    ...(one.sources.length === 0 ? ['no source for it'] : []),
    ...(one.sources.length > 0 && one.sources.every(({ state }) => state === 'not_asked') ? ['nobody asked'] : []),
    ...(verdict.open.length > 0 ? [`${verdict.open.length} ${phase === 'cancelled' ? 'not answered' : 'open'}`] : []),
    ...(verdict.silent.length > 0 ? [`${verdict.silent.length} silent`] : []),
  ];
  return line(
    `${at + 1} ${isUndecided ? undecided : VERDICT_WORDS[verdict.level]} `,
    target(one.observable, 48),
    facts.length > 0 ? ` ${facts.join(' · ')}` : '',
  );
}

function inRows(buttons: readonly Button[], width: number): readonly (readonly Button[])[] {
  return Array.from({ length: Math.ceil(buttons.length / width) }, (_, at) =>
    buttons.slice(at * width, (at + 1) * width),
  );
}
